/*
code        = "W05"
title       = "Working days that social workers lost to sickness"
short_title = "Sickness absence"
question    = "Are the people who look after children well themselves?"
why_it_matters = "When a worker is off sick a child misses visits and meets strangers, and strain in a team shows here early"
kind        = "flow"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Working days that those social workers lost to sickness in the month"
denominator = "Working days of the month for each employed social worker in post at its end or who left in it, by full-time equivalent"
exclusions  = "Agency workers. Staff who are not social workers. Weekends and bank holidays"
caveats     = "A worker of whom no absence is written counts as never absent. Someone who began or left in the month counts for all of its working days. Winter is always higher: compare with the same month last year"
source      = "Workforce record"
benchmark_differs = "The published rate is of the year to 30 September, and of those in post on that day"
owner       = "Principal Social Worker"
reviewed    = 2026-11-01
theme_order = 5
*/

with staff as (
    select
        month,
        month_end,
        authority,
        team_id,
        worker_id,
        fte,
        absence_days
    from staff_at_month_end
    where not agency
    union all
    select
        w.month,
        w.month_end,
        w.authority,
        w.team_id,
        w.worker_id,
        w.fte,
        w.absence_days
    from workforce_by_month as w
    join months as m on m.month = w.month
    where not w.agency
        and w.leave_date > m.back_1_month
        and w.leave_date <= w.month_end
),
working_months as (
    select
        m.month,
        last.working_day_no - before.working_day_no as working_days
    from months as m
    join calendar as last on last.day = m.month_end
    join calendar as before on before.day = m.back_1_month
)
select
    s.month,
    s.authority,
    s.team_id,
    null as child_id,
    s.worker_id as record_id,
    coalesce(s.absence_days, 0) as numerator,
    s.fte * w.working_days as denominator,
    s.fte,
    w.working_days as working_days_in_the_month
from staff as s
join working_months as w on w.month = s.month
