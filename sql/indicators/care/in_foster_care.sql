/*
code        = "L09"
title       = "Children in care who live with foster carers"
short_title = "Living with foster carers"
question    = "How many of our children live in a family?"
why_it_matters = "Most children do best in a family home, and many foster carers are relatives or friends they already know"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones placed with foster carers, relatives and friends included (placement U1 to U6)"
denominator = "Children looked after at the month's end"
exclusions  = "Short breaks (legal status V3 and V4). Anyone who has turned 18"
caveats     = "Children placed with their own parents or for adoption live in a family too, and are not counted here. A child in hospital or away for a time on the day is not counted as in foster care"
source      = "SSDA903: episodes of care, placement type"
benchmark_differs = "The published share is at 31 March only"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 5
*/

select
    month,
    authority,
    team_id,
    child_id,
    child_id as record_id,
    case when place in ('U1', 'U2', 'U3', 'U4', 'U5', 'U6') then 1 else 0 end as numerator,
    1 as denominator,
    period_start_date,
    decom as episode_start_date,
    place as placement_type
from in_care
