/*
code        = "W04"
title       = "Social workers who left in the year"
short_title = "Turnover rate"
question    = "Do social workers stay with us?"
why_it_matters = "Each worker who leaves is a goodbye for every child they held"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Full-time equivalent of the employed social workers who left in the 12 months to the month's end"
denominator = "Full-time equivalent of the employed social workers in post at the month's end"
exclusions  = "Agency workers. Staff who are not social workers"
caveats     = "A worker who moves from one team to another has not left. Those who left count for the team they left from, so the turnover of a small team can be over 100%"
source      = "Workforce record"
benchmark_differs = "The published rate is of the year to 30 September"
owner       = "Principal Social Worker"
reviewed    = 2026-11-01
theme_order = 4
*/

select
    month,
    authority,
    team_id,
    null as child_id,
    worker_id as record_id,
    0 as numerator,
    fte as denominator,
    start_date,
    null as leave_date
from staff_at_month_end
where not agency
union all
select
    w.month,
    w.authority,
    w.team_id,
    null as child_id,
    w.worker_id as record_id,
    w.fte as numerator,
    0 as denominator,
    w.start_date,
    w.leave_date
from workforce_by_month as w
join months as m on m.month = w.month
where not w.agency
    and w.leave_date > m.back_12_months
    and w.leave_date <= w.month_end
