/*
code        = "L11"
title       = "Children in care discussed in supervision in the last 2 months"
short_title = "Children in care supervised in 2 months"
question    = "Is a manager thinking with the social worker about each child in our care?"
why_it_matters = "Decisions about a child's life should never wait for want of a conversation"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones whose case was discussed in supervision in the 2 calendar months to the month's end"
denominator = "Children looked after at the month's end whose present period of care began more than 7 days before it"
exclusions  = "Children who came into care in the month's last 7 days, for whom none can yet be due. Short breaks. Anyone who has turned 18"
caveats     = "Supervision recorded late appears only when it is recorded. The denominator is a little smaller than the number of children in care"
source      = "Local supervision record; SSDA903: episodes of care"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 14
*/

-- In the 2 months to 30 September is after 31 July.
with due as (
    select
        c.month,
        c.month_end,
        m.back_2_months,
        c.authority,
        c.team_id,
        c.child_id,
        c.period_start_date
    from in_care as c
    join months as m on m.month = c.month
    where c.period_start_date <= m.week_before_end
),
supervised as (
    select
        d.month,
        d.child_id,
        max(s.supervision_date) as last_supervision_date
    from due as d
    join supervision as s
        on s.child_id = d.child_id
        and s.kind = 'case'
        and s.supervision_date > d.back_2_months
        and s.supervision_date <= d.month_end
    group by d.month, d.child_id
)
select
    d.month,
    d.authority,
    d.team_id,
    d.child_id,
    d.child_id as record_id,
    case when s.child_id is not null then 1 else 0 end as numerator,
    1 as denominator,
    d.period_start_date,
    s.last_supervision_date
from due as d
left join supervised as s
    on s.month = d.month
    and s.child_id = d.child_id
