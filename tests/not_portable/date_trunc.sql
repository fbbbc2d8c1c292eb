select date_trunc('month', start_date) as month from cin_plans
