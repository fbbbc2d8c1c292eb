/*
code        = "N03"
title       = "Children in need discussed in supervision in the last 2 months"
short_title = "Children in need supervised in 2 months"
question    = "Is a manager thinking with the social worker about each child in need?"
why_it_matters = "A plan that nobody looks at drifts, and the child waits"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones whose case was discussed in supervision in the 2 calendar months to the month's end"
denominator = "Children with a child in need plan open at the month's end"
caveats     = "Plans open for less than 2 months are counted too. Supervision recorded late appears only when it is recorded"
source      = "Local supervision record; child in need plan dates"
owner       = "Head of Intervention and Support"
reviewed    = 2026-11-01
theme_order = 1
*/

-- In the 2 months to 30 September is after 31 July.
with in_need as (
    select
        m.month,
        m.month_end,
        m.back_2_months,
        p.authority,
        p.child_id,
        p.cin_plan_id,
        p.start_date
    from months as m
    join cin_plans as p
        on p.start_date <= m.month_end
        and (p.end_date is null or p.end_date > m.month_end)
    qualify row_number() over (
        partition by m.month, p.child_id
        order by p.start_date desc, p.cin_plan_id desc
    ) = 1
),
supervised as (
    select
        n.month,
        n.child_id,
        max(s.supervision_date) as last_supervision_date
    from in_need as n
    join supervision as s
        on s.child_id = n.child_id
        and s.kind = 'case'
        and s.supervision_date > n.back_2_months
        and s.supervision_date <= n.month_end
    group by n.month, n.child_id
)
select
    n.month,
    n.authority,
    h.team_id,
    n.child_id,
    n.cin_plan_id as record_id,
    case when s.child_id is not null then 1 else 0 end as numerator,
    1 as denominator,
    n.start_date,
    s.last_supervision_date
from in_need as n
left join supervised as s
    on s.month = n.month
    and s.child_id = n.child_id
left join held_at_month_end as h
    on h.month = n.month
    and h.child_id = n.child_id
    and h.role = 'social worker'
