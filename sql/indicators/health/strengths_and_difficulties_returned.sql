/*
code        = "H06"
title       = "Children in care with a strengths and difficulties form"
short_title = "Strengths and difficulties returned"
question    = "Do we know how each child in our care feels and copes?"
why_it_matters = "The carer's answers are often the first sign that a child is troubled and needs help"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones with a completed strengths and difficulties questionnaire in the 12 months to the month's end"
denominator = "Children aged 5 to 16 looked after at the month's end who have been in care for 12 months or more without a break"
exclusions  = "Questionnaires that were planned, refused or cancelled. Children in care for less than 12 months. Anyone younger than 5 or older than 16, or whose date of birth is not known. Short breaks"
caveats     = "Read beside the score: a score of the few who answered says little"
source      = "SSDA903 OC2: strengths and difficulties questionnaire. Local health record"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 4
*/

with returned as (
    select
        c.month,
        c.child_id,
        max(e.event_date) as last_returned_date
    from in_care_a_year as c
    join cla_health as e
        on e.child_id = c.child_id
        and e.event_type = 'SDQ'
        and e.status = 'Completed'
        and e.event_date > c.back_12_months
        and e.event_date <= c.month_end
    group by c.month, c.child_id
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case when r.child_id is not null then 1 else 0 end as numerator,
    1 as denominator,
    c.period_start_date,
    r.last_returned_date
from in_care_a_year as c
join birthdays as fifth
    on fifth.child_id = c.child_id
    and fifth.age = 5
    and fifth.birthday <= c.month_end
join birthdays as seventeenth
    on seventeenth.child_id = c.child_id
    and seventeenth.age = 17
    and seventeenth.birthday > c.month_end
left join returned as r
    on r.month = c.month
    and r.child_id = c.child_id
