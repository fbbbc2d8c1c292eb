-- Social workers in post at each month's end. Whoever leaves on the last day is no longer in post
-- at its end.
select
    month,
    month_end,
    authority,
    worker_id,
    team_id,
    fte,
    agency,
    case_holding,
    start_date,
    absence_days
from workforce_by_month
where start_date <= month_end
    and (leave_date is null or leave_date > month_end)
