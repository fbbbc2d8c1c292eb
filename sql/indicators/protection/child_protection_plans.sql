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
source      = "CIN census: plan start (N00105) and end (N00115)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 2
*/

-- A plan that ends on the last day is no longer open at its end. A child counts once.
select
    m.month,
    p.authority,
    h.team_id,
    p.child_id,
    p.cp_plan_id as record_id,
    1 as numerator,
    null as denominator,
    p.start_date
from months as m
join cp_plans as p
    on p.start_date <= m.month_end
    and (p.end_date is null or p.end_date > m.month_end)
left join held_at_month_end as h
    on h.month = m.month
    and h.child_id = p.child_id
    and h.role = 'social worker'
where not p.ola_plan
qualify row_number() over (
    partition by m.month, p.child_id
    order by p.start_date desc, p.cp_plan_id desc
) = 1
