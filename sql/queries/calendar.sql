-- One row a day from 1990 to 2050. Working days between two dates are a difference of
-- working_day_no, so a bank holiday on a weekend cannot be taken off twice.
create table calendar as
with days as (
    select unnest(range(date '1990-01-01', date '2051-01-01', interval 1 day))::date as day
),
worked as (
    select
        days.day,
        isodow(days.day) < 6 and bank_holidays.day is null as is_working_day
    from days
    left join bank_holidays on bank_holidays.day = days.day
)
select
    day,
    is_working_day,
    sum(is_working_day::integer) over (order by day)::integer as working_day_no,
    (day - date '1990-01-01')::integer as day_no,
    date_trunc('month', day)::date as month,
    (day - interval 2 month)::date as back_2_months,
    (day - interval 3 month)::date as back_3_months,
    (day - interval 6 month)::date as back_6_months,
    (day - interval 12 month)::date as back_12_months,
    (day - interval 24 month)::date as back_24_months,
    (day - interval 30 month)::date as back_30_months,
    (day + interval 3 month)::date as on_3_months,
    (day + interval 6 month)::date as on_6_months
from worked
order by day;
