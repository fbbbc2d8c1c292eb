/*
code        = "F04"
title       = "Referrals closed with no further action"
short_title = "Referrals closed, no further action"
question    = "How many children are referred to us and then need nothing more from us?"
why_it_matters = "A referral closed too soon leaves a child without help; one that was never needed worries a family for nothing"
kind        = "flow"
polarity    = "neither"
unit        = "percent"
numerator   = "Referrals in the month that were closed with no further action"
denominator = "Referrals in the month"
exclusions  = "Contacts that did not become a referral"
caveats     = "A referral with no outcome recorded does not count as closed, so the latest month may still rise. The council's published figure for 2022/23 was nought, which points to a change in recording rather than in practice"
benchmark_differs = "The published figure is for the referrals of a year to 31 March; ours is for those of the months shown, with their outcomes as they stand on the record"
source      = "CIN census: date of referral (N00100) and no further action (N00112)"
owner       = "Head of MASH and Assessment"
reviewed    = 2026-11-01
theme_order = 3
*/

-- A blank outcome is not known to be a closure.
select
    m.month,
    r.authority,
    r.team_id,
    r.child_id,
    r.referral_id as record_id,
    case when r.nfa then 1 else 0 end as numerator,
    1 as denominator,
    r.event_date as referral_date,
    r.nfa as closed_no_further_action
from referrals as r
join calendar as c on c.day = r.event_date
join months as m on m.month = c.month
where r.event_type = 'referral'
