-- Social workers as each month's extract has them, one row each: those in post and those who left
-- in the year before. A worker may stand in two extracts of one month: the later counts.
with standing as (
    select
        m.month,
        m.month_end,
        w.authority,
        w.worker_id,
        w.role,
        w.team_id,
        w.fte,
        w.agency,
        w.case_holding,
        w.start_date,
        w.leave_date,
        w.absence_days
    from workforce as w
    join calendar as c on c.day = w.extract_date
    join months as m on m.month = c.month
    qualify row_number() over (partition by m.month, w.worker_id order by w.extract_date desc) = 1
)
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
    leave_date,
    absence_days
from standing
where role = 'social worker'
