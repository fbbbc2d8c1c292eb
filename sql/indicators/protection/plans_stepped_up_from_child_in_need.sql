/*
code        = "P11"
title       = "Child protection plans stepped up from child in need"
short_title = "Plans stepped up from child in need"
question    = "How many new plans follow help that was already being given?"
why_it_matters = "It tells whether risk rose while we were working with the family"
kind        = "flow"
polarity    = "neither"
unit        = "percent"
numerator   = "Plans started in the month where the child had a child in need plan open the day before"
denominator = "Child protection plans started in the month"
exclusions  = "Another authority's plans that are held here for a time"
source      = "CIN census: child protection plan start (N00105) and child in need plan dates"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 7
*/

-- Open the day before means started before the day, and not ended until the day or later.
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
            from cin_plans as n
            where n.child_id = p.child_id
                and n.start_date < p.start_date
                and (n.end_date is null or n.end_date >= p.start_date)
        ) as stepped_up
    from plans_started as p
)
select
    month,
    authority,
    team_id,
    child_id,
    cp_plan_id as record_id,
    case when stepped_up then 1 else 0 end as numerator,
    1 as denominator,
    start_date
from started
