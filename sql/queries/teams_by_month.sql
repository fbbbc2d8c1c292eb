-- What each team was called, and which service area it stood in, in each month: the last version
-- that had begun by the month's end; for a month before the first, the first.
create table teams_by_month as
select
    m.month,
    t.team_id,
    t.team,
    t.service_area
from months as m
cross join teams as t
qualify row_number() over (
    partition by m.month, t.team_id
    order by
        t.valid_from <= m.month_end desc,
        case when t.valid_from <= m.month_end then t.valid_from end desc,
        t.valid_from
) = 1;
