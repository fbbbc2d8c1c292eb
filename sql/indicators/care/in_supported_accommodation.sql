/*
code        = "L10"
title       = "16 and 17 year olds in supported accommodation"
short_title = "Aged 16 or 17, in supported accommodation"
question    = "How many of our older children live with support and no carer in the home?"
why_it_matters = "It suits some young people who are ready for it, and leaves others alone too soon"
kind        = "snapshot"
polarity    = "neither"
unit        = "percent"
numerator   = "Of those young people, the ones in supported accommodation, or in what went before it (placement K3, H5 or P2)"
denominator = "Young people looked after at the month's end who are 16 or 17"
exclusions  = "Short breaks (legal status V3 and V4). Anyone who has turned 18, or whose date of birth is not known"
caveats     = "Supported accommodation (K3) took the place of semi-independent (H5) and independent living (P2) in April 2024. All three are counted in every month, because records were changed over at different times"
source      = "SSDA903: episodes of care, placement type"
benchmark_differs = "The published share is at 31 March and is of children in care of every age, so it is far lower than ours, which is of those aged 16 and 17"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 6
*/

-- Nobody in care is 18 yet.
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case when c.place in ('K3', 'H5', 'P2') then 1 else 0 end as numerator,
    1 as denominator,
    b.birthday as sixteenth_birthday,
    c.decom as episode_start_date,
    c.place as placement_type
from in_care as c
join birthdays as b
    on b.child_id = c.child_id
    and b.age = 16
    and b.birthday <= c.month_end
