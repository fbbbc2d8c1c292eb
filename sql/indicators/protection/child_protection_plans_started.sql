/*
code        = "P05"
title       = "Child protection plans started"
short_title = "Protection plans started"
question    = "How many children do we begin to protect by a plan?"
why_it_matters = "Each is a child newly judged to be suffering, or likely to suffer, significant harm"
kind        = "flow"
polarity    = "neither"
unit        = "count"
numerator   = "Child protection plans that started in the month"
exclusions  = "Another authority's plans that are held here for a time"
caveats     = "Neither a high nor a low number is good in itself: read beside plans ended. A plan that moved here for good from another authority counts too. Each plan counts, so a family of three counts three times"
benchmark_differs = "The published figure is the number of plans started in a whole year to 31 March, so only a year's sum of ours can be set beside it"
source      = "CIN census: plan start (N00105)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 6
*/

select
    month,
    authority,
    team_id,
    child_id,
    cp_plan_id as record_id,
    1 as numerator,
    null as denominator,
    start_date
from plans_started
