/*
code        = "W06"
title       = "Social workers who had supervision of their own in the month"
short_title = "Staff supervised in the month"
question    = "Does every social worker get time each month to think with a manager?"
why_it_matters = "Worried or worn-out workers make worse decisions, and it is the child who lives with them"
kind        = "flow"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those workers, the ones who had a personal supervision in the month"
denominator = "Social workers in post at the month's end who hold cases, agency workers included"
exclusions  = "Discussions of a child's case, which other indicators count. Workers whose post is not one that holds cases"
caveats     = "Each worker counts once, part time or not. Someone on leave or off sick for all of the month still counts. Supervision recorded late appears only when it is recorded"
source      = "Local supervision record; workforce record"
owner       = "Principal Social Worker"
reviewed    = 2026-11-01
theme_order = 6
*/

with supervised as (
    select
        c.month,
        s.worker_id,
        max(s.supervision_date) as last_supervision_date
    from supervision as s
    join calendar as c on c.day = s.supervision_date
    where s.kind = 'personal'
    group by c.month, s.worker_id
)
select
    w.month,
    w.authority,
    w.team_id,
    null as child_id,
    w.worker_id as record_id,
    case when s.worker_id is not null then 1 else 0 end as numerator,
    1 as denominator,
    w.agency,
    s.last_supervision_date
from staff_at_month_end as w
left join supervised as s
    on s.month = w.month
    and s.worker_id = w.worker_id
where w.case_holding
