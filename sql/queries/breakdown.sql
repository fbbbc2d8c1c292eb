-- One indicator in some months, team by team: by the teams that stood then, or by those of today.
select
    case when $today then service_area_today else service_area end as area,
    case when $today then team_today else team end as of_team,
    sum(numerator) as numerator,
    sum(denominator) as denominator
from measure
where indicator = $indicator
    and authority = $authority
    and month between $first and $last
group by area, of_team
order by area, of_team;
