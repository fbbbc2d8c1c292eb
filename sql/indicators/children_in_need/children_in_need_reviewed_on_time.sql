/*
code        = "N02"
title       = "Children in need whose plan was reviewed on time"
short_title = "Children in need reviewed on time"
question    = "Do we ask often enough whether the plan is helping the child?"
why_it_matters = "A plan that is not reviewed drifts, and the child goes on without the help they need"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones whose plan was last reviewed, or else started, in the 3 calendar months to the month's end"
denominator = "Children with a child in need plan open at the month's end"
exclusions  = "Cancelled reviews, and reviews before the plan started"
caveats     = "There is no national rule: 3 months is a local interval that the council has still to confirm. A plan that started less than 3 months ago has no review due yet and counts as on time. A review recorded late appears only when it is recorded"
source      = "Local record of child in need reviews; CIN census: child in need plan start (N00689) and end (N00690)"
owner       = "Head of Intervention and Support"
reviewed    = 2026-11-01
theme_order = 2
*/

-- In the 3 months to 30 November is after 31 August.
with reviewed as (
    select
        n.month,
        n.cin_plan_id,
        max(r.event_date) as last_review_date
    from in_need_at_month_end as n
    join reviews_visits as r
        on r.child_id = n.child_id
        and r.event_date >= n.start_date
        and r.event_date <= n.month_end
    where r.cohort = 'CIN'
        and r.event_kind = 'REVIEW'
        and not r.cancelled
    group by n.month, n.cin_plan_id
)
select
    n.month,
    n.authority,
    n.team_id,
    n.child_id,
    n.cin_plan_id as record_id,
    case when coalesce(r.last_review_date, n.start_date) > m.back_3_months then 1 else 0 end as numerator,
    1 as denominator,
    n.start_date,
    r.last_review_date
from in_need_at_month_end as n
join months as m on m.month = n.month
left join reviewed as r
    on r.month = n.month
    and r.cin_plan_id = n.cin_plan_id
