/*
code        = "P02"
title       = "Initial child protection conferences within 15 working days"
short_title = "Conferences within 15 days"
question    = "Do we bring people together in time when a child may be at risk of harm?"
why_it_matters = "A late conference is a child at risk without a plan to protect them"
kind        = "flow"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Conferences held in the month, 15 or fewer working days after the strategy discussion that began the enquiry"
denominator = "Initial child protection conferences held in the month, counted by child"
exclusions  = "Conferences for a plan that moved here from another authority"
caveats     = "Where a conference could not go ahead for want of people, the first one that could is the one that counts. A conference dated before its strategy discussion counts as not in time. One family can move a month by several points"
benchmark_differs = "The published figure is for the conferences of a year to 31 March; ours is for those of the months shown"
source      = "CIN census: section 47 start (N00148) and initial conference date (N00110). Working Together to Safeguard Children"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 3
*/

-- The day of the strategy discussion is day 0, so day 15 itself is in time.
select
    m.month,
    s.authority,
    s.team_id,
    s.child_id,
    s.s47_id as record_id,
    case
        when s.icpc_date >= s.strategy_date
            and held.working_day_no - began.working_day_no <= 15 then 1
        else 0
    end as numerator,
    1 as denominator,
    s.strategy_date,
    s.inquorate_date,
    s.icpc_date,
    held.working_day_no - began.working_day_no as working_days_taken
from s47_icpc as s
join calendar as began on began.day = s.strategy_date
join calendar as held on held.day = s.icpc_date
join months as m on m.month = held.month
where not s.transfer_in
