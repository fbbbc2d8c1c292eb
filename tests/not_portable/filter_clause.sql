select count(*) filter (where not ola_plan) as plans from cp_plans
