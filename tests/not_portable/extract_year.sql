select extract(year from start_date) as year from cin_plans
