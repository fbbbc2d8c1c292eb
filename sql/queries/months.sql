-- One row per reporting month, with the last day of the months that definitions look back to.
create table months as
with reporting as (
    select unnest(range($first::date, $last::date + interval 1 month, interval 1 month))::date as month
)
select
    month,
    last_day(month) as month_end,
    last_day(month) - 7 as week_before_end,
    last_day(month - interval 1 month) as back_1_month,
    last_day(month - interval 2 month) as back_2_months,
    last_day(month - interval 3 month) as back_3_months,
    last_day(month - interval 6 month) as back_6_months,
    last_day(month - interval 12 month) as back_12_months,
    last_day(month - interval 24 month) as back_24_months,
    last_day(month - interval 30 month) as back_30_months,
    make_date(year(month - interval 3 month), 4, 1) as financial_year_start,
    year(month - interval 3 month) || '/' || right((year(month - interval 3 month) + 1)::varchar, 2) as financial_year
from reporting
order by month;
