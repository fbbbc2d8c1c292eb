insert into measure
select
    $indicator,
    month,
    authority,
    service_area,
    team,
    sum(numerator),
    sum(denominator)
from placed
group by month, authority, service_area, team;
