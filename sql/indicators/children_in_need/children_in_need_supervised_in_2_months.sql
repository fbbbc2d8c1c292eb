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
theme_order = 3
*/

-- In the 2 months to 30 September is after 31 July.
with supervised as (
    select
        n.month,
        n.child_id,
        max(s.supervision_date) as last_supervision_date
    from in_need_at_month_end as n
    join months as m on m.month = n.month
    join supervision as s
        on s.child_id = n.child_id
        and s.kind = 'case'
        and s.supervision_date > m.back_2_months
        and s.supervision_date <= n.month_end
    group by n.month, n.child_id
)
select
    n.month,
    n.authority,
    n.team_id,
    n.child_id,
    n.cin_plan_id as record_id,
    case when s.child_id is not null then 1 else 0 end as numerator,
    1 as denominator,
    n.start_date,
    s.last_supervision_date
from in_need_at_month_end as n
left join supervised as s
    on s.month = n.month
    and s.child_id = n.child_id
