select p.child_id from cp_plans as p join cin_plans as n using (child_id)
