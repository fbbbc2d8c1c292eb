select t.child_id from (select child_id from cp_plans) as t
