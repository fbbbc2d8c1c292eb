/*
code        = "H03"
title       = "Children in care with their health assessments up to date"
short_title = "Health assessments up to date"
question    = "Has a doctor or nurse looked at each child's health when they should have?"
why_it_matters = "Children often come into care with health needs that nobody has noticed, and a young child changes fast"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones with a completed health assessment in the 12 months to the month's end; for a child under 5, two"
denominator = "Children looked after at the month's end who have been in care for 12 months or more without a break"
exclusions  = "Assessments that were planned, refused or cancelled. Children in care for less than 12 months. Short breaks. Anyone who has turned 18"
caveats     = "A child whose date of birth is not known needs two. A child who turns 5 on or before the month's end needs one. Age is taken at the month's end, so a child can come back in time by a birthday"
source      = "SSDA903 OC2: health assessment. Local health record"
benchmark_differs = "The published share is of the year to 31 March only"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 1
*/

with done as (
    select
        c.month,
        c.child_id,
        count(*) as assessments,
        max(e.event_date) as last_assessment_date
    from in_care_a_year as c
    join cla_health as e
        on e.child_id = c.child_id
        and e.event_type = 'HEALTH_ASSESSMENT'
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
    case
        when d.assessments >= 2 then 1
        when d.assessments = 1 and b.birthday <= c.month_end then 1
        else 0
    end as numerator,
    1 as denominator,
    c.period_start_date,
    b.birthday as fifth_birthday,
    coalesce(d.assessments, 0) as assessments_in_the_year,
    d.last_assessment_date
from in_care_a_year as c
left join birthdays as b
    on b.child_id = c.child_id
    and b.age = 5
left join done as d
    on d.month = c.month
    and d.child_id = c.child_id
