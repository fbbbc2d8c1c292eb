select child_id from cla_episodes where regexp_matches(place, '^U')
