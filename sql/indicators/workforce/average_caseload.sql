/*
code        = "W01"
title       = "Children held by each social worker"
short_title = "Average caseload"
question    = "Have social workers time for each child they are responsible for?"
why_it_matters = "A worker with too many children cannot know any of them well, or act early when something changes"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "mean"
numerator   = "Children whose social worker at the month's end is one of those workers"
denominator = "Full-time equivalent of the social workers in post at the month's end who hold cases, agency workers included"
exclusions  = "Workers who hold no child's case on the day, and those whose post is not one that holds cases. Children with no named worker"
caveats     = "Each child of a family counts. An average hides the extremes: open the list to see who holds the most. Newly qualified workers should hold fewer"
decimals    = 1
source      = "Workforce record; local record of allocations"
benchmark_differs = "The published average is at 30 September each year"
owner       = "Principal Social Worker"
reviewed    = 2026-11-01
theme_order = 1
*/

with cases as (
    select
        month,
        worker_id,
        count(*) as children
    from held_at_month_end
    where role = 'social worker'
        and worker_id is not null
    group by month, worker_id
)
select
    s.month,
    s.authority,
    s.team_id,
    null as child_id,
    s.worker_id as record_id,
    c.children as numerator,
    s.fte as denominator,
    s.agency,
    s.start_date
from staff_at_month_end as s
join cases as c
    on c.month = s.month
    and c.worker_id = s.worker_id
where s.case_holding
