/*
code        = "L14"
title       = "Children in need or protected with three or more social workers"
short_title = "In need: three or more social workers"
question    = "How many children have to tell their story again and again?"
why_it_matters = "A child trusts a person, not a team; each change can cost that trust"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Of those children, the ones who had three or more different social workers in the 12 months to the month's end"
denominator = "Children with a child in need plan or a child protection plan open at the month's end, each counted once"
exclusions  = "Another authority's plans that are held here for a time. Allocations that started and ended on the same day, and those that name no worker"
caveats     = "A social worker who comes back counts once. The worker who already held the case when the year began counts as one. Workers who held the case before the plan began count too, such as the one who assessed the child. Children in care have an indicator of their own; which children the council's own measure covers has still to be confirmed"
source      = "Local record of allocations; CIN census: plan dates (N00689, N00690, N00105, N00115)"
owner       = "Head of Intervention and Support"
reviewed    = 2026-11-01
theme_order = 4
*/

-- A child with both a child in need and a child protection plan counts once.
with planned as (
    select
        month,
        month_end,
        authority,
        child_id,
        team_id
    from in_need_at_month_end
    union all
    select
        month,
        month_end,
        authority,
        child_id,
        team_id
    from protected_at_month_end
),
children_planned as (
    select distinct
        p.month,
        p.month_end,
        m.back_12_months,
        p.authority,
        p.child_id,
        p.team_id
    from planned as p
    join months as m on m.month = p.month
),
worked as (
    select
        c.month,
        c.child_id,
        count(distinct a.worker_id) as social_workers
    from children_planned as c
    join allocations as a
        on a.child_id = c.child_id
        and a.start_date <= c.month_end
        and (a.end_date is null or a.end_date > c.back_12_months)
    where a.role = 'social worker'
        and (a.end_date is null or a.end_date > a.start_date)
    group by c.month, c.child_id
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case when w.social_workers >= 3 then 1 else 0 end as numerator,
    1 as denominator,
    coalesce(w.social_workers, 0) as social_workers
from children_planned as c
left join worked as w
    on w.month = c.month
    and w.child_id = c.child_id
