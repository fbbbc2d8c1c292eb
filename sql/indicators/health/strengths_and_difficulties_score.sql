/*
code        = "H06"
title       = "Average strengths and difficulties score"
short_title = "Strengths and difficulties score"
question    = "How well are the children in our care, in themselves?"
why_it_matters = "A high score says that a child is struggling, and may need help for their mental health"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "mean"
numerator   = "The sum of those children's latest scores, each from 0 to 40"
denominator = "Children aged 5 to 16 looked after at the month's end, in care for 12 months or more without a break, with a score in the 12 months to it"
exclusions  = "Children without a score in the year. Children in care for less than 12 months. Anyone younger than 5 or older than 16, or whose date of birth is not known. Short breaks"
caveats     = "Scores of 0 to 13 are usual, 14 to 16 borderline, and 17 or more a cause for concern. It says nothing of the children for whom no form came back"
decimals    = 1
source      = "SSDA903 OC2: strengths and difficulties questionnaire. Local health record"
benchmark_differs = "The published average is of the year to 31 March only, and in earlier years it began at age 4"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 5
*/

-- Only this questionnaire's value is a number; other events keep a letter there.
with latest as (
    select
        c.month,
        c.child_id,
        e.event_date,
        case when e.event_type = 'SDQ' then cast(e.value as integer) end as score
    from in_care_a_year as c
    join cla_health as e
        on e.child_id = c.child_id
        and e.event_type = 'SDQ'
        and e.status = 'Completed'
        and e.value is not null
        and e.event_date > c.back_12_months
        and e.event_date <= c.month_end
    qualify row_number() over (
        partition by c.month, c.child_id
        order by e.event_date desc, e.health_event_id desc
    ) = 1
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    l.score as numerator,
    1 as denominator,
    c.period_start_date,
    l.event_date as last_returned_date
from in_care_a_year as c
join birthdays as fifth
    on fifth.child_id = c.child_id
    and fifth.age = 5
    and fifth.birthday <= c.month_end
join birthdays as seventeenth
    on seventeenth.child_id = c.child_id
    and seventeenth.age = 17
    and seventeenth.birthday > c.month_end
join latest as l
    on l.month = c.month
    and l.child_id = c.child_id
