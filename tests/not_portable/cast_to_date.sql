select case when event_type = 'SDQ' then cast(value as date) end as day from cla_health
