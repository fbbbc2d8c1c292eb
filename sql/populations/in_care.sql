-- Children in care at each month's end, one row per child, with the episode they were in and the
-- team that held the case. An episode that ends on the last day is no longer open at its end.
-- Short breaks (legal status V3 and V4) are not care, and care ends on the 18th birthday.
select
    m.month,
    m.month_end,
    e.authority,
    e.child_id,
    e.decom,
    e.ls,
    e.place,
    e.pl_distance,
    e.uasc,
    e.period_start_date,
    h.team_id,
    h.worker_id
from months as m
join cla_episodes as e
    on e.decom <= m.month_end
    and (e.dec is null or e.dec > m.month_end)
left join birthdays as b
    on b.child_id = e.child_id
    and b.age = 18
left join held_at_month_end as h
    on h.month = m.month
    and h.child_id = e.child_id
    and h.role = 'social worker'
where e.ls not in ('V3', 'V4')
    and (b.birthday is null or b.birthday > m.month_end)
-- Two episodes open at once is a slip of the record: the later one is where the child is.
qualify row_number() over (partition by m.month, e.child_id order by e.decom desc) = 1
