select m.month from months as m, cp_plans as p
