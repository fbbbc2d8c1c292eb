select count_if(ola_plan) as plans from cp_plans
