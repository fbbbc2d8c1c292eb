select p.child_id from cp_plans as p where exists (select 1 from cin_plans as n where n.child_id = p.child_id)
