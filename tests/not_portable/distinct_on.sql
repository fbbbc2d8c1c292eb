select distinct on (child_id) child_id, place from cla_episodes order by child_id, decom desc
