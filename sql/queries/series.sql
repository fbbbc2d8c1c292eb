-- Every indicator month by month, for an authority, one of its service areas or one of its teams:
-- by the teams that stood then, or by those that have their work today.
select
    indicator,
    month,
    sum(numerator) as numerator,
    sum(denominator) as denominator
from measure
where authority = $authority
    and (
        $service_area is null
        or $service_area = case when $today then service_area_today else service_area end
    )
    and ($team is null or $team = case when $today then team_today else team end)
    and ($indicator is null or indicator = $indicator)
group by indicator, month
order by indicator, month;
