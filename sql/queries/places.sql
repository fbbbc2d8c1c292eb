-- Every service area and team that has held work.
select distinct
    authority,
    service_area,
    team
from measure
order by authority, service_area, team;
