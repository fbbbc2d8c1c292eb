select child_id, list(supervision_date) as dates from supervision group by child_id
