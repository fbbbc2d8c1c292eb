insert into measure
select
    $indicator,
    month,
    authority,
    service_area,
    team,
    service_area_today,
    team_today,
    sum(numerator),
    sum(denominator)
from placed
group by month, authority, service_area, team, service_area_today, team_today;
