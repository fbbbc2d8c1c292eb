select sum(ola_plan = false) as plans from cp_plans
