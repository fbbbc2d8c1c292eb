/*
code        = "F02"
title       = "Referrals received"
question    = "How many children are referred to us for help or protection?"
why_it_matters = "Behind each is somebody who thinks that this child needs our help now"
kind        = "flow"
polarity    = "neither"
unit        = "count"
numerator   = "Referrals received in the month, one for each child"
exclusions  = "Contacts that did not become a referral"
caveats     = "Neither a high nor a low number is good in itself. Each referral counts, so a child referred twice counts twice"
rate_population = "children_0_17"
benchmark_differs = "The published rate is for a year to 31 March, and its return takes no referral of a child whose case is already open; ours counts every referral on the record"
source      = "CIN census: date of referral (N00100)"
owner       = "Head of MASH and Assessment"
reviewed    = 2026-11-01
theme_order = 2
*/

select
    m.month,
    r.authority,
    r.team_id,
    r.child_id,
    r.referral_id as record_id,
    1 as numerator,
    null as denominator,
    r.event_date as referral_date,
    r.nfa as closed_no_further_action
from referrals as r
join calendar as c on c.day = r.event_date
join months as m on m.month = c.month
where r.event_type = 'referral'
