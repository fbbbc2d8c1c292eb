-- Every service area and team that has held work, or that has it today.
select distinct
    authority,
    case when $today then service_area_today else service_area end as area,
    case when $today then team_today else team end as of_team
from measure
order by authority, area, of_team;
