select p.child_id from cp_plans as p positional join cin_plans as n
