select a.child_id from allocations as a asof join supervision as s on a.child_id = s.child_id and a.start_date >= s.supervision_date
