insert into records
select
    $indicator,
    month,
    authority,
    service_area,
    team,
    service_area_today,
    team_today,
    child_id,
    record_id,
    numerator,
    denominator,
    details
from placed
where month >= $from_month;
