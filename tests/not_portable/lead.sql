select lead(decom) over (partition by child_id order by decom) as next from cla_episodes
