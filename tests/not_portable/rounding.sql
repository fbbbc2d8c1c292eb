select round(pl_distance) as miles from cla_episodes
