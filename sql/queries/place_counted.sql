-- Counted rows, each with the team and service area that held the work. No row is dropped.
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
    c.child_id,
    c.record_id,
    c.numerator::decimal(18, 4) as numerator,
    c.denominator::decimal(18, 4) as denominator,
    c.details
from counted as c
left join teams_by_month as t
    on t.month = c.month
    and t.team_id = c.team_id;
