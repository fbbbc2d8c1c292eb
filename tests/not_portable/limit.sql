select child_id from cp_plans limit 10
