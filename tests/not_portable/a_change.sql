delete from cp_plans
