/*
code        = "L17"
title       = "Children in care visited in the last 6 weeks"
short_title = "Visited in the last 6 weeks"
question    = "Does a social worker go and see each child in our care often enough?"
why_it_matters = "A visit is a child's chance to say how life is, and ours to see that they are safe and well"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones visited in the 6 weeks (42 days) to the month's end, since they came into care"
denominator = "Children looked after at the month's end"
exclusions  = "Visits that were cancelled or only planned. Short breaks (legal status V3 and V4). Anyone who has turned 18"
caveats     = "Six weeks is asked of every child, though a child who has long been settled may by law be visited every 3 months. A child who came into care in the last days of the month may not have been visited yet. A visit written up late appears only then"
source      = "Local record of visits; SSDA903: episodes of care. The Care Planning, Placement and Case Review (England) Regulations 2010"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 12
*/

-- The day of the visit is day 0, so a visit 42 days before the last day is in time.
with visited as (
    select
        c.month,
        c.child_id,
        max(v.event_date) as last_visit_date
    from in_care as c
    join reviews_visits as v
        on v.child_id = c.child_id
        and v.cohort = 'CLA'
        and v.event_kind = 'VISIT'
        and not v.cancelled
        and v.event_date >= c.period_start_date
        and v.event_date <= c.month_end
    group by c.month, c.child_id
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case when today.day_no - seen.day_no <= 42 then 1 else 0 end as numerator,
    1 as denominator,
    c.period_start_date,
    v.last_visit_date,
    today.day_no - seen.day_no as days_since_visit
from in_care as c
join calendar as today on today.day = c.month_end
left join visited as v
    on v.month = c.month
    and v.child_id = c.child_id
left join calendar as seen on seen.day = v.last_visit_date
