/*
code        = "P06"
title       = "Child protection plans that repeat one ended within 2 years"
short_title = "Repeat plans within 2 years"
question    = "Do children come back onto a plan soon after one ended?"
why_it_matters = "A plan that ended too early leaves a child at risk again"
kind        = "flow"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Plans started in the month where an earlier plan of the child ended in the 2 years before"
denominator = "Child protection plans started in the month"
exclusions  = "Another authority's plans that are held here for a time"
caveats     = "The published measure has no time limit, so the two cannot be compared. Only plans that this council's system holds are known"
source      = "CIN census: plan start (N00105) and end (N00115)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 8
*/

-- An earlier plan counts when it ended on or after the same day two years before.
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
                and earlier.end_date >= c.back_24_months
                and earlier.end_date <= p.start_date
        ) as repeats
    from plans_started as p
    join calendar as c on c.day = p.start_date
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
