select case when event_type = 'SDQ' then cast(value as decimal(4, 1)) end as score from cla_health
