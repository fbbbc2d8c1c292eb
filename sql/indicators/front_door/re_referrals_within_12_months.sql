/*
code        = "F03"
title       = "Re-referrals within 12 months"
question    = "Do families who came to us before have to come back?"
why_it_matters = "A child who is referred again may not have had the help they needed the first time"
kind        = "flow"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Referrals in the month where the same child was referred in the 12 months before"
denominator = "Referrals in the month"
exclusions  = "Contacts that did not become a referral. A second referral on the same day is not a re-referral"
caveats     = "Each referral counts, so a family of three counts three times"
benchmark_differs = "The published figure is for the referrals of a year to 31 March; ours is for those of the months shown"
source      = "CIN census: date of referral (N00100)"
owner       = "Head of MASH and Assessment"
reviewed    = 2026-11-01
theme_order = 4
*/

-- An earlier referral counts when it was made on or after the same day a year before.
with referred as (
    select
        r.authority,
        r.team_id,
        r.child_id,
        r.referral_id,
        r.event_date,
        c.month,
        exists (
            select 1
            from referrals as earlier
            where earlier.child_id = r.child_id
                and earlier.event_type = 'referral'
                and earlier.event_date >= c.back_12_months
                and earlier.event_date < r.event_date
        ) as was_referred_before
    from referrals as r
    join calendar as c on c.day = r.event_date
    join months as m on m.month = c.month
    where r.event_type = 'referral'
)
select
    month,
    authority,
    team_id,
    child_id,
    referral_id as record_id,
    case when was_referred_before then 1 else 0 end as numerator,
    1 as denominator,
    event_date as referral_date
from referred
