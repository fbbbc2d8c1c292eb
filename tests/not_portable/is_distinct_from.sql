select child_id from cp_plans where end_date is distinct from start_date
