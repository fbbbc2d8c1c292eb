select child_id || '-' || decom as key from cla_episodes
