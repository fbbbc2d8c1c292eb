select child_id from cin_plans where end_date > current_date
