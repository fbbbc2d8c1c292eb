/*
code        = "P08"
title       = "Child protection plans with every review on time"
short_title = "Plans reviewed on time"
question    = "Do we look again, when we should, at whether each child is safer?"
why_it_matters = "Until a plan is reviewed nobody asks whether it is keeping the child safe"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those plans, the ones whose every review was on time: the first within 3 months of the start, each later one within 6 months of the one before, and none overdue"
denominator = "Child protection plans open at the month's end that had been open for 3 months or more"
exclusions  = "Another authority's plans that are held here for a time. Plans open for less than 3 months. Cancelled reviews"
caveats     = "One late review keeps a plan out for as long as it is open, so a month's lateness shows until those plans end. A review recorded late appears only when it is recorded"
benchmark_differs = "The published figure is taken once a year, at 31 March, from the reviews in that year's return; ours at each month's end, and looks back over the whole of each plan"
source      = "CIN census: plan start (N00105) and review dates (N00116). Working Together to Safeguard Children"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 11
*/

-- The first day by which a plan's review was due and had not been held settles every month: until
-- that day all was on time, and from the next day on it never is again. So each plan is worked out
-- once, over all its reviews.
with plans as (
    select distinct
        child_id,
        cp_plan_id,
        start_date
    from protected_at_month_end
),
steps as (
    select
        cp_plan_id,
        start_date as day,
        1 as is_start
    from plans
    union all
    select
        p.cp_plan_id,
        r.event_date as day,
        0 as is_start
    from plans as p
    join reviews_visits as r
        on r.child_id = p.child_id
        and r.event_date >= p.start_date
    where r.cohort = 'CP'
        and r.event_kind = 'REVIEW'
        and not r.cancelled
),
followed as (
    select
        cp_plan_id,
        day,
        is_start,
        lag(day) over (partition by cp_plan_id order by day desc, is_start) as next_review_date
    from steps
),
due as (
    select
        f.cp_plan_id,
        f.next_review_date,
        case when f.is_start = 1 then c.on_3_months else c.on_6_months end as due_date
    from followed as f
    join calendar as c on c.day = f.day
),
first_missed as (
    select
        cp_plan_id,
        min(due_date) as due_date
    from due
    where next_review_date is null
        or next_review_date > due_date
    group by cp_plan_id
),
last_reviewed as (
    select
        p.month,
        p.cp_plan_id,
        max(s.day) as last_review_date
    from protected_at_month_end as p
    join steps as s
        on s.cp_plan_id = p.cp_plan_id
        and s.day <= p.month_end
    where s.is_start = 0
    group by p.month, p.cp_plan_id
)
select
    p.month,
    p.authority,
    p.team_id,
    p.child_id,
    p.cp_plan_id as record_id,
    case when f.due_date >= p.month_end then 1 else 0 end as numerator,
    1 as denominator,
    p.start_date,
    l.last_review_date,
    case when f.due_date < p.month_end then f.due_date end as missed_due_date
from protected_at_month_end as p
join months as m on m.month = p.month
join first_missed as f on f.cp_plan_id = p.cp_plan_id
left join last_reviewed as l
    on l.month = p.month
    and l.cp_plan_id = p.cp_plan_id
where p.start_date <= m.back_3_months
