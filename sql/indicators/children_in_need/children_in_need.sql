/*
code        = "N01"
title       = "Children with a child in need plan"
short_title = "Children in need"
question    = "How many children are we helping by a child in need plan?"
why_it_matters = "Each is a child who would not be healthy, or would not do well, without our help"
kind        = "snapshot"
polarity    = "neither"
unit        = "count"
numerator   = "Children with a child in need plan open at the month's end"
caveats     = "Neither a high nor a low number is good in itself. Children with an open assessment, on a child protection plan, in care or leaving care count here only if they have a child in need plan too"
rate_population = "children_0_17"
benchmark_differs = "The published rate is of everybody in need at 31 March, those being assessed, on a child protection plan, in care or leaving care among them, so it is several times ours"
source      = "CIN census: child in need plan start (N00689) and end (N00690)"
owner       = "Head of Intervention and Support"
reviewed    = 2026-11-01
theme_order = 1
*/

select
    month,
    authority,
    team_id,
    child_id,
    cin_plan_id as record_id,
    1 as numerator,
    null as denominator,
    start_date
from in_need_at_month_end
