select m.month from months as m cross join cp_plans as p
