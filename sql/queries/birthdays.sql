-- One row per child and birthday, from the day of birth (age 0) to the 25th. In a year that is
-- not a leap year, a child born on 29 February has a birthday on the 28th.
create table birthdays as
select
    child_id,
    age,
    (dob + to_years(age))::date as birthday
from children
cross join (select unnest(range(0, 26))::integer as age)
where dob is not null;
