select child_id from cla_episodes where place like 'U%'
