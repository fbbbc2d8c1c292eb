select datediff('month', start_date, end_date) as months from cin_plans
