-- Every indicator at once in the month $last, and those of $summed from the month $first on: for an
-- authority, where area and of_team are NULL, for its service areas, where of_team is, and for their
-- teams. By the teams that stood then, or by those that have their work today.
with placed as (
    select
        indicator,
        case when $today then service_area_today else service_area end as area,
        case when $today then team_today else team end as of_team,
        numerator,
        denominator
    from measure
    where authority = $authority
        and month between $first and $last
        and (month = $last or list_contains($summed, indicator))
)
select
    area,
    of_team,
    indicator,
    sum(numerator) as numerator,
    sum(denominator) as denominator
from placed
group by grouping sets ((indicator), (indicator, area), (indicator, area, of_team))
order by area, of_team, indicator;
