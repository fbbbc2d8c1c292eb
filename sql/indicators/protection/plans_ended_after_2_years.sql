/*
code        = "P10"
title       = "Child protection plans ended after 2 years or more"
short_title = "Plans ended after 2 years"
question    = "Of the plans that end, how many had gone on for too long?"
why_it_matters = "Two years is a long part of a childhood to live at risk of harm"
kind        = "flow"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Plans ended in the month that had lasted more than 729 days, the first and the last day counted"
denominator = "Child protection plans ended in the month"
exclusions  = "Another authority's plans that are held here for a time"
caveats     = "Ending long plans is right, and raises this figure for a while: read beside plans open for 2 years or more. Few plans end in a month, so one family can move it by many points"
benchmark_differs = "The published figure is for the plans ended in a year to 31 March, by the same 729 days; ours is for those ended in the months shown"
source      = "CIN census: plan start (N00105) and end (N00115)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 14
*/

-- Both the first and the last day count, so 729 days after the start is the 730th day.
select
    p.month,
    p.authority,
    p.team_id,
    p.child_id,
    p.cp_plan_id as record_id,
    case when ended.day_no - started.day_no >= 729 then 1 else 0 end as numerator,
    1 as denominator,
    p.start_date,
    p.end_date
from plans_ended as p
join calendar as started on started.day = p.start_date
join calendar as ended on ended.day = p.end_date
