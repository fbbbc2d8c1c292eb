/*
code        = "L01"
title       = "Children in care"
question    = "How many children are we parents to?"
why_it_matters = "The council is responsible for each of them as any good parent would be"
kind        = "snapshot"
polarity    = "neither"
unit        = "count"
numerator   = "Children looked after at the month's end"
exclusions  = "Short breaks (legal status V3 and V4). Anyone who has turned 18"
caveats     = "Neither a high nor a low number is good in itself"
source      = "SSDA903: episodes of care"
rate_population = "children_0_17"
benchmark   = "children_in_care_rate"
benchmark_differs = "The published rate is at 31 March only"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 1
*/

select
    month,
    authority,
    team_id,
    child_id,
    child_id as record_id,
    1 as numerator,
    null as denominator,
    period_start_date,
    decom as episode_start_date,
    place as placement_type
from in_care
