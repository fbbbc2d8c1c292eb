/*
code        = "L08"
title       = "16 year olds in supported accommodation"
question    = "How many of our children live without a carer at only 16?"
why_it_matters = "At 16 few are ready to live without a carer in the home, and a family is nearly always better"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "count"
numerator   = "Children looked after at the month's end, aged 16, in supported accommodation or in what went before it (placement K3, H5 or P2)"
exclusions  = "Short breaks (legal status V3 and V4). Anyone younger than 16 or older, or whose date of birth is not known"
caveats     = "A child leaves this figure on the 17th birthday without having moved. Supported accommodation (K3) took the place of semi-independent (H5) and independent living (P2) in April 2024; all three are counted in every month"
source      = "SSDA903: episodes of care, placement type"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 7
*/

select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    1 as numerator,
    null as denominator,
    seventeenth.birthday as seventeenth_birthday,
    c.decom as episode_start_date,
    c.place as placement_type
from in_care as c
join birthdays as sixteenth
    on sixteenth.child_id = c.child_id
    and sixteenth.age = 16
    and sixteenth.birthday <= c.month_end
join birthdays as seventeenth
    on seventeenth.child_id = c.child_id
    and seventeenth.age = 17
    and seventeenth.birthday > c.month_end
where c.place in ('K3', 'H5', 'P2')
