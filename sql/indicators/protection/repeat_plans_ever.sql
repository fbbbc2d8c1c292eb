/*
code        = "P07"
title       = "Child protection plans that are a child's second or later"
short_title = "Repeat plans, however long ago"
question    = "How many of the children we begin to protect have needed a plan before?"
why_it_matters = "A child who needs a second plan has been harmed, or feared harm, again"
kind        = "flow"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Plans started in the month where the child had an earlier plan, however long ago"
denominator = "Child protection plans started in the month"
exclusions  = "Another authority's plans that are held here for a time"
caveats     = "Only plans that this council's system holds are known, so a child who had a plan elsewhere is not seen as a repeat. Some second plans are right: life changes. Few plans start in a month, so one family can move it by several points"
benchmark_differs = "The published figure is for the plans started in a year to 31 March, and knows of earlier plans as the yearly return gives them; ours knows those on our own record"
source      = "CIN census: plan start (N00105)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 9
*/

with started as (
    select
        p.month,
        p.authority,
        p.team_id,
        p.child_id,
        p.cp_plan_id,
        p.start_date,
        exists (
            select 1
            from cp_plans as earlier
            where earlier.child_id = p.child_id
                and not earlier.ola_plan
                and earlier.start_date < p.start_date
        ) as repeats
    from plans_started as p
)
select
    month,
    authority,
    team_id,
    child_id,
    cp_plan_id as record_id,
    case when repeats then 1 else 0 end as numerator,
    1 as denominator,
    start_date
from started
