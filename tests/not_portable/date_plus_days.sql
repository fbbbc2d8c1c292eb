select start_date + 45 as due from assessments
