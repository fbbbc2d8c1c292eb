-- Who held each child's case, in each role, from one day until the next change: spells that never
-- overlap. Of several allocations open at once the one that started last counts, then the one with
-- the highest allocation_id. A day in no spell is a day on which nobody held the case.
with changes as (
    select child_id, role, start_date as day from allocations
    union all
    select child_id, role, end_date as day from allocations where end_date is not null
),
days as (
    select distinct child_id, role, day from changes
),
spells as (
    select
        child_id,
        role,
        day as held_from,
        lag(day) over (partition by child_id, role order by day desc) as held_until
    from days
),
open_then as (
    select
        s.child_id,
        s.role,
        s.held_from,
        s.held_until,
        a.team_id,
        a.worker_id,
        row_number() over (
            partition by s.child_id, s.role, s.held_from
            order by a.start_date desc, a.allocation_id desc
        ) as choice
    from spells as s
    join allocations as a
        on a.child_id = s.child_id
        and a.role = s.role
        and a.start_date <= s.held_from
        and (a.end_date is null or a.end_date > s.held_from)
)
select child_id, role, held_from, held_until, team_id, worker_id
from open_then
where choice = 1
