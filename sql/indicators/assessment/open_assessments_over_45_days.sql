/*
code        = "A02"
title       = "Open assessments already over 45 working days"
short_title = "Open assessments over 45 days"
question    = "How many families are still waiting beyond the time we promised?"
why_it_matters = "These are the late assessments that next month's figures will show"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Assessments open at the month's end that started more than 45 working days before it"
denominator = "Assessments open at the month's end"
exclusions  = "Drafts and cancelled assessments"
source      = "CIN census: assessment start (N00159) and authorisation (N00160)"
owner       = "Head of MASH and Assessment"
reviewed    = 2026-11-01
theme_order = 2
*/

-- An assessment authorised on the last day is finished. Day 45 is still in time.
select
    m.month,
    a.authority,
    h.team_id,
    a.child_id,
    a.assessment_id as record_id,
    case when today.working_day_no - started.working_day_no > 45 then 1 else 0 end as numerator,
    1 as denominator,
    a.start_date,
    today.working_day_no - started.working_day_no as working_days_so_far
from months as m
join assessments as a
    on a.start_date <= m.month_end
    and (a.authorised_date is null or a.authorised_date > m.month_end)
join calendar as started on started.day = a.start_date
join calendar as today on today.day = m.month_end
left join held_at_month_end as h
    on h.month = m.month
    and h.child_id = a.child_id
    and h.role = 'social worker'
where a.status = 'current'
