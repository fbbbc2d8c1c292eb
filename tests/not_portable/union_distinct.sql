select child_id from cp_plans union select child_id from cin_plans
