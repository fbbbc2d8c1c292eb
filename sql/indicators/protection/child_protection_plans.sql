/*
code        = "P04"
title       = "Children on a child protection plan"
question    = "How many children are we protecting by a plan?"
why_it_matters = "Each is a child judged to be suffering, or likely to suffer, significant harm"
kind        = "snapshot"
polarity    = "neither"
unit        = "count"
numerator   = "Children with a child protection plan open at the month's end"
exclusions  = "Another authority's plan that is held here for a time"
caveats     = "Neither a high nor a low number is good in itself"
rate_population = "children_0_17"
benchmark   = "child_protection_plans_rate"
benchmark_differs = "The published rate is taken once a year, at 31 March; ours at each month's end"
source      = "CIN census: plan start (N00105) and end (N00115)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 5
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
from protected_at_month_end
