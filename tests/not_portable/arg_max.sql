select arg_max(place, decom) as place from cla_episodes group by child_id
