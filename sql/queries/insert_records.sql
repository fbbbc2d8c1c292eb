insert into records
select
    $indicator,
    month,
    authority,
    service_area,
    team,
    child_id,
    record_id,
    numerator,
    denominator,
    details
from placed
where month >= $from_month;
