-- A file of health events that is already in the contract's words.
select
    authority,
    health_event_id,
    child_id,
    event_type,
    event_date,
    status,
    value,
    intervention_received,
    intervention_offered,
    _file,
    _sheet,
    _line
from cla_health
