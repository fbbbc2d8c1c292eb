-- Counted rows, each with the team and service area that held the work, and with those that have
-- that work today. No row is dropped.
create or replace temp table placed as
select
    c.month,
    c.authority,
    case
        when c.team_id is null then $unallocated
        else coalesce(t.service_area, $unmapped)
    end as service_area,
    case
        when c.team_id is null then $unallocated
        else coalesce(t.team, regexp_replace(c.team_id, '^[^:]*:', ''))
    end as team,
    case
        when c.team_id is null then $unallocated
        else coalesce(n.service_area, $unmapped)
    end as service_area_today,
    case
        when c.team_id is null then $unallocated
        else coalesce(n.team, regexp_replace(c.team_id, '^[^:]*:', ''))
    end as team_today,
    c.child_id,
    c.record_id,
    c.numerator::decimal(18, 4) as numerator,
    c.denominator::decimal(18, 4) as denominator,
    c.details
from counted as c
left join teams_by_month as t
    on t.month = c.month
    and t.team_id = c.team_id
left join teams_today as n on n.team_id = c.team_id;
