-- Children who had been in care for the whole 12 months at each month's end, without a break: the
-- ones of whom a year's health checks can be asked.
select
    c.month,
    c.month_end,
    m.back_12_months,
    c.authority,
    c.child_id,
    c.team_id,
    c.period_start_date
from in_care as c
join months as m on m.month = c.month
where c.period_start_date <= m.back_12_months
