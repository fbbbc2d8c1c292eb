-- Every indicator month by month, for an authority, one of its service areas or one of its teams.
select
    indicator,
    month,
    sum(numerator) as numerator,
    sum(denominator) as denominator
from measure
where authority = $authority
    and ($service_area is null or service_area = $service_area)
    and ($team is null or team = $team)
    and ($indicator is null or indicator = $indicator)
group by indicator, month
order by indicator, month;
