-- One indicator in one month, team by team.
select
    service_area,
    team,
    numerator,
    denominator
from measure
where indicator = $indicator
    and authority = $authority
    and month = $month
order by service_area, team;
