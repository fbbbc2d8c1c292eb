select working_days_between(start_date, end_date) as days from cin_plans
