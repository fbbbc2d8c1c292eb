select child_id from cp_plans where start_date > ?
