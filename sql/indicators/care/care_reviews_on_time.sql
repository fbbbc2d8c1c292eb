/*
code        = "L12"
title       = "Children in care whose reviews were all on time"
short_title = "Care reviews on time"
question    = "Does somebody independent look at each child's plan when they should?"
why_it_matters = "A review asks whether the plan still fits, hears what the child wants, and stops things from drifting"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones with no late review in the 12 months to the month's end and none overdue at it"
denominator = "Children looked after at the month's end who have been in care for 20 working days or more"
exclusions  = "Reviews that were cancelled or only planned. Short breaks (legal status V3 and V4). Anyone who has turned 18"
caveats     = "The first review is due within 20 working days of coming into care, the second within 3 months of the first, and each one after within 6 months of the one before. Two entries on one day are one review. A child whose review was late stays in this figure as late for 12 months"
source      = "Local record of reviews; SSDA903: episodes of care. The Care Planning, Placement and Case Review (England) Regulations 2010"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 13
*/

with due as (
    select
        c.month,
        c.month_end,
        m.back_12_months,
        c.authority,
        c.team_id,
        c.child_id,
        c.period_start_date,
        today.working_day_no - began.working_day_no as working_days_in_care
    from in_care as c
    join months as m on m.month = c.month
    join calendar as began on began.day = c.period_start_date
    join calendar as today on today.day = c.month_end
    where today.working_day_no - began.working_day_no >= 20
),
periods as (
    select distinct child_id, period_start_date from due
),
review_days as (
    select distinct
        p.child_id,
        p.period_start_date,
        r.event_date
    from periods as p
    join reviews_visits as r
        on r.child_id = p.child_id
        and r.cohort = 'CLA'
        and r.event_kind = 'REVIEW'
        and not r.cancelled
        and r.event_date >= p.period_start_date
),
in_order as (
    select
        child_id,
        period_start_date,
        event_date,
        row_number() over (
            partition by child_id, period_start_date order by event_date
        ) as review_no,
        lag(event_date) over (
            partition by child_id, period_start_date order by event_date
        ) as review_before
    from review_days
),
reviews as (
    select
        r.child_id,
        r.period_start_date,
        r.event_date,
        r.review_no,
        case
            when r.review_no = 1 and held.working_day_no - began.working_day_no <= 20 then 0
            when r.review_no = 2 and r.event_date <= previous.on_3_months then 0
            when r.review_no > 2 and r.event_date <= previous.on_6_months then 0
            else 1
        end as is_late,
        case when r.review_no = 1 then held.on_3_months else held.on_6_months end as next_due_date
    from in_order as r
    join calendar as began on began.day = r.period_start_date
    join calendar as held on held.day = r.event_date
    left join calendar as previous on previous.day = r.review_before
),
so_far as (
    select
        d.month,
        d.child_id,
        max(r.event_date) as last_review_date,
        max(r.next_due_date) as next_due_date,
        sum(case when r.event_date > d.back_12_months then r.is_late else 0 end) as late_reviews
    from due as d
    join reviews as r
        on r.child_id = d.child_id
        and r.period_start_date = d.period_start_date
        and r.event_date <= d.month_end
    group by d.month, d.child_id
)
select
    d.month,
    d.authority,
    d.team_id,
    d.child_id,
    d.child_id as record_id,
    case
        when s.child_id is null and d.working_days_in_care <= 20 then 1
        when s.late_reviews = 0 and s.next_due_date >= d.month_end then 1
        else 0
    end as numerator,
    1 as denominator,
    d.period_start_date,
    s.last_review_date,
    s.next_due_date,
    s.late_reviews as late_reviews_in_the_year
from due as d
left join so_far as s
    on s.month = d.month
    and s.child_id = d.child_id
