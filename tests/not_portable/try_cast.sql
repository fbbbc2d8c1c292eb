select case when event_type = 'SDQ' then try_cast(value as integer) end as score from cla_health
