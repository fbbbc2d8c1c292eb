/*
code        = "L02"
title       = "Children who came into care"
question    = "For how many children could home not be made safe enough?"
why_it_matters = "It is one of the hardest days of a child's life, and the work of finding them a good home begins that day"
kind        = "flow"
polarity    = "neither"
unit        = "count"
numerator   = "Times in the month that a child came into care"
exclusions  = "Short breaks (legal status V3 and V4). Changes of placement or legal status of a child who is already in care"
caveats     = "A child who comes in twice counts twice. The team is the one that held the case on the day; a child whom nobody held yet is Unallocated"
source      = "SSDA903: episodes of care, reason for a new episode (S)"
benchmark_differs = "The published number is of a whole year to 31 March, and counts a child once however often they came into care in it"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 2
*/

select
    m.month,
    e.authority,
    h.team_id,
    e.child_id,
    e.child_id as record_id,
    1 as numerator,
    null as denominator,
    e.decom as came_into_care_date,
    e.ls as legal_status,
    e.place as placement_type
from cla_episodes as e
join calendar as c on c.day = e.decom
join months as m on m.month = c.month
left join held as h
    on h.child_id = e.child_id
    and h.role = 'social worker'
    and h.held_from <= e.decom
    and (h.held_until is null or h.held_until > e.decom)
where e.rne = 'S'
    and e.ls not in ('V3', 'V4')
