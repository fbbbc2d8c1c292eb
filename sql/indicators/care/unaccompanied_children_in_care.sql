/*
code        = "L04"
title       = "Unaccompanied asylum-seeking children in care"
short_title = "Unaccompanied children in care"
question    = "How many children in our care came to this country alone?"
why_it_matters = "They have lost home and family, and may need an interpreter, legal help and care for what they have been through"
kind        = "snapshot"
polarity    = "neither"
unit        = "count"
numerator   = "Children looked after at the month's end who are recorded as unaccompanied and seeking asylum"
exclusions  = "Short breaks (legal status V3 and V4). Anyone who has turned 18"
caveats     = "A child is counted as the record of their present placement says, so a change of status shows only from the next episode of care on"
source      = "SSDA903: episodes of care, unaccompanied asylum-seeking children"
benchmark_differs = "The published number is at 31 March only"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 4
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
where uasc
