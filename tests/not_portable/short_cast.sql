select start_date::varchar as text from cp_plans
