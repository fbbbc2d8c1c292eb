select * exclude (authority) from cp_plans
