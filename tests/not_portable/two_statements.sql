select child_id from cp_plans; select child_id from cin_plans
