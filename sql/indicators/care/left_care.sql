/*
code        = "L03"
title       = "Children who left care"
question    = "How many children went home, to a new family, or on into adult life?"
why_it_matters = "A child should leave care when a lasting home is ready, neither sooner nor later"
kind        = "flow"
polarity    = "neither"
unit        = "count"
numerator   = "Times in the month that a child left care"
exclusions  = "Short breaks (legal status V3 and V4). Episodes that another followed at once (reason X1). Episodes that ended with no reason written"
caveats     = "A child who leaves twice counts twice. Where the reason is written late, so is the leaving. The team is the one that held the case on the day they left"
source      = "SSDA903: episodes of care, reason the episode ceased"
benchmark_differs = "The published number is of a whole year to 31 March, and counts a child once however often they left care in it"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 3
*/

select
    m.month,
    e.authority,
    h.team_id,
    e.child_id,
    e.child_id as record_id,
    1 as numerator,
    null as denominator,
    e.period_start_date,
    e.dec as left_care_date,
    e.rec as reason_for_leaving,
    e.place as placement_type
from cla_episodes as e
join calendar as c on c.day = e.dec
join months as m on m.month = c.month
left join held as h
    on h.child_id = e.child_id
    and h.role = 'social worker'
    and h.held_from <= e.dec
    and (h.held_until is null or h.held_until > e.dec)
where e.rec <> 'X1'
    and e.ls not in ('V3', 'V4')
