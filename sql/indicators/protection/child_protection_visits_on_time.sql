/*
code        = "P12"
title       = "Children on a protection plan visited in 10 working days"
short_title = "Protection visits on time"
question    = "Do we see every child on a plan often enough to know that they are safe?"
why_it_matters = "Only by visiting do we see how the child is, and hear it from them"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones visited in the 10 working days to the month's end, on or after the day their plan started"
denominator = "Children with a child protection plan open at the month's end"
exclusions  = "Another authority's plans that are held here for a time. Cancelled visits"
caveats     = "A visit counts whether or not the child was seen. A plan in its first days counts too, visited or not, and so does a child not yet born. A visit recorded late appears only when it is recorded. 10 working days is a local interval that the council has still to confirm"
source      = "Local record of child protection visits; CIN census: plan start (N00105) and end (N00115)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 10
*/

-- The day of the visit is day 0, so a visit 10 working days before the month's end is in time.
with visited as (
    select
        p.month,
        p.cp_plan_id,
        max(v.event_date) as last_visit_date
    from protected_at_month_end as p
    join reviews_visits as v
        on v.child_id = p.child_id
        and v.event_date >= p.start_date
        and v.event_date <= p.month_end
    where v.cohort = 'CP'
        and v.event_kind = 'VISIT'
        and not v.cancelled
    group by p.month, p.cp_plan_id
)
select
    p.month,
    p.authority,
    p.team_id,
    p.child_id,
    p.cp_plan_id as record_id,
    case when today.working_day_no - seen.working_day_no <= 10 then 1 else 0 end as numerator,
    1 as denominator,
    p.start_date,
    v.last_visit_date,
    today.working_day_no - seen.working_day_no as working_days_since
from protected_at_month_end as p
join calendar as today on today.day = p.month_end
left join visited as v
    on v.month = p.month
    and v.cp_plan_id = p.cp_plan_id
left join calendar as seen on seen.day = v.last_visit_date
