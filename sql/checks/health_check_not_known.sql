-- warning: is neither a dental check nor a health assessment nor a developmental check; it counts nowhere
-- column: event_type
-- source: ssd
-- reads: cla_health
select
    r._file,
    r._sheet,
    r._line
from raw.ssd_cla_health as r
left join typed.cla_health as h on h.health_event_id = plain(r.clah_health_check_id)
where h.health_event_id is null
    and plain(r.clah_health_check_id) is not null
