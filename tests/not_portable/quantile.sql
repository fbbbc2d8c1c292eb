select quantile_cont(pl_distance, 0.5) as middle from cla_episodes
