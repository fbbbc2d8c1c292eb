select end_date - start_date as days from cin_plans
