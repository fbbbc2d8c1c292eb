select p.child_id from cp_plans as p semi join cin_plans as n on n.child_id = p.child_id
