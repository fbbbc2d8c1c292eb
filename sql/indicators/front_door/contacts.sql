/*
code        = "F01"
title       = "Contacts received"
question    = "How often does somebody tell us that they are worried about a child?"
why_it_matters = "A contact may be the first time that anybody speaks up for a child"
kind        = "flow"
polarity    = "neither"
unit        = "count"
numerator   = "Contacts received in the month, one for each child that they are about"
caveats     = "Neither a high nor a low number is good in itself: fewer may mean less need, or that people no longer tell us. A contact about three children of a family counts three times"
source      = "Local contact record; Annex A list 1"
owner       = "Head of MASH and Assessment"
reviewed    = 2026-11-01
theme_order = 1
*/

select
    m.month,
    r.authority,
    r.team_id,
    r.child_id,
    r.referral_id as record_id,
    1 as numerator,
    null as denominator,
    r.event_date as contact_date
from referrals as r
join calendar as c on c.day = r.event_date
join months as m on m.month = c.month
where r.event_type = 'contact'
