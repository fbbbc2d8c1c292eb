select dayofweek(start_date) as weekday from cin_plans
