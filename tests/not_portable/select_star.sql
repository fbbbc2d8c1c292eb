select * from cp_plans
