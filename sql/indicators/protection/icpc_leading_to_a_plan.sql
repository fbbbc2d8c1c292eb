/*
code        = "P03"
title       = "Initial conferences that lead to a protection plan"
short_title = "Conferences leading to a plan"
question    = "When we bring people together about a child, do they find that a plan is needed?"
why_it_matters = "A conference is hard on a family, and should be called when a child is likely to need protecting"
kind        = "flow"
polarity    = "neither"
unit        = "percent"
numerator   = "Of those conferences, the ones that decided on a child protection plan"
denominator = "Initial child protection conferences held in the month, counted by child"
exclusions  = "Conferences for a plan that moved here from another authority"
caveats     = "A conference with no decision recorded does not count as leading to a plan. A very high share may mean that some children who need a conference get none; a low one, that families are put through it for little"
source      = "CIN census: initial conference date (N00110); local record of the conference's decision"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 4
*/

-- A blank decision is not known to be for a plan.
select
    m.month,
    s.authority,
    s.team_id,
    s.child_id,
    s.s47_id as record_id,
    case when s.icpc_outcome_cp then 1 else 0 end as numerator,
    1 as denominator,
    s.strategy_date,
    s.icpc_date,
    s.icpc_outcome_cp as led_to_a_plan
from s47_icpc as s
join calendar as c on c.day = s.icpc_date
join months as m on m.month = c.month
where not s.transfer_in
