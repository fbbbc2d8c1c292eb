select cast(value as integer) as score from cla_health where event_type = 'SDQ'
