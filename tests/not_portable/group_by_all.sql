select child_id, count(*) as plans from cp_plans group by all
