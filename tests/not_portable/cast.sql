select cast(start_date as varchar) as text from cp_plans
