/*
code        = "L16"
title       = "Children in care with three or more social workers in the year"
short_title = "Three or more social workers (care)"
question    = "How many children in our care have had to start again with a new worker, twice or more?"
why_it_matters = "A child who keeps meeting somebody new stops telling their story, and loses the person who knows it"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Of those children, the ones who had three or more different social workers in the 12 months to the month's end"
denominator = "Children looked after at the month's end"
exclusions  = "Time for which a case was with a team and no named worker. Workers who held a case for less than a day. Short breaks. Anyone who has turned 18"
caveats     = "Workers whom the child had in those 12 months before coming into care count too. A worker who comes back counts once"
source      = "Local record of allocations; SSDA903: episodes of care"
benchmark_differs = "The published share is of children in care at 31 March, and looks back over April to March"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 11
*/

with workers as (
    select
        c.month,
        c.child_id,
        count(distinct a.worker_id) as social_workers,
        max(a.start_date) as last_change_date
    from in_care as c
    join months as m on m.month = c.month
    join allocations as a
        on a.child_id = c.child_id
        and a.role = 'social worker'
        and a.worker_id is not null
        and a.start_date <= c.month_end
        and (a.end_date is null or a.end_date > m.back_12_months)
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
    c.period_start_date,
    coalesce(w.social_workers, 0) as social_workers_in_the_year,
    w.last_change_date,
    c.worker_id
from in_care as c
left join workers as w
    on w.month = c.month
    and w.child_id = c.child_id
