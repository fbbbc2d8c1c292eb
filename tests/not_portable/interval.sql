select start_date + interval 2 month as due from assessments
