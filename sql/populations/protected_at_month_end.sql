-- Children on a child protection plan at each month's end, one row per child, with the plan they
-- were on and the team that held the case. A plan that ends on the last day is no longer open at
-- its end. Another authority's plan, held here for a time, is not ours. Unborn children count.
select
    m.month,
    m.month_end,
    p.authority,
    p.child_id,
    p.cp_plan_id,
    p.start_date,
    h.team_id,
    h.worker_id
from months as m
join cp_plans as p
    on p.start_date <= m.month_end
    and (p.end_date is null or p.end_date > m.month_end)
left join held_at_month_end as h
    on h.month = m.month
    and h.child_id = p.child_id
    and h.role = 'social worker'
where not p.ola_plan
-- Two plans open at once is a slip of the record: the later one counts.
qualify row_number() over (
    partition by m.month, p.child_id
    order by p.start_date desc, p.cp_plan_id desc
) = 1
