select sum(1) over (order by start_date range between interval 12 month preceding and current row) as plans from cp_plans
