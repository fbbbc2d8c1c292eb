-- Child protection plans that started in each month, with the team that held the case on that day.
-- Another authority's plan, held here for a time, is not ours.
select
    m.month,
    p.authority,
    p.child_id,
    p.cp_plan_id,
    p.start_date,
    case when h.held_until is null or h.held_until > p.start_date then h.team_id end as team_id
from cp_plans as p
join calendar as c on c.day = p.start_date
join months as m on m.month = c.month
left join held as h
    on h.child_id = p.child_id
    and h.role = 'social worker'
    and h.held_from <= p.start_date
where not p.ola_plan
-- Spells never overlap, so only the last to begin by then can still go on.
qualify row_number() over (partition by p.cp_plan_id order by h.held_from desc) = 1
