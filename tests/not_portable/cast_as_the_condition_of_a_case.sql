select case when cast(value as integer) > 16 then 1 else 0 end as is_high from cla_health
