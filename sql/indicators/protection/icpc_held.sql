/*
code        = "P03"
title       = "Initial child protection conferences held"
short_title = "Initial conferences held"
question    = "For how many children do we ask together whether they need a protection plan?"
why_it_matters = "It is where everybody who knows a child decides how to keep them safe"
kind        = "flow"
polarity    = "neither"
unit        = "count"
numerator   = "Initial child protection conferences held in the month, counted by child"
exclusions  = "Conferences for a plan that moved here from another authority"
caveats     = "Neither a high nor a low number is good in itself. Where a conference could not go ahead for want of people, the first one that could is the one that counts. One large family can move a month"
rate_population = "children_0_17"
benchmark_differs = "The published rate is for a year to 31 March and includes conferences for plans that moved in from another authority; ours leaves those out"
source      = "CIN census: initial conference date (N00110)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 2
*/

select
    m.month,
    s.authority,
    s.team_id,
    s.child_id,
    s.s47_id as record_id,
    1 as numerator,
    null as denominator,
    s.strategy_date,
    s.icpc_date,
    s.icpc_outcome_cp as led_to_a_plan
from s47_icpc as s
join calendar as c on c.day = s.icpc_date
join months as m on m.month = c.month
where not s.transfer_in
