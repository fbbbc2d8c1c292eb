-- Who held each child's case, in each role, at each month's end.
select
    m.month,
    h.child_id,
    h.role,
    h.team_id,
    h.worker_id
from months as m
join held as h
    on h.held_from <= m.month_end
    and (h.held_until is null or h.held_until > m.month_end)
