select sum(case when exists (select 1 from cin_plans as n where n.child_id = p.child_id) then 1 else 0 end) as plans from cp_plans as p
