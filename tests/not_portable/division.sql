select count(*) / 2 as half from cp_plans
