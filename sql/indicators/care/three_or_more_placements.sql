/*
code        = "L05"
title       = "Children in care with three or more placements in the year"
short_title = "Three or more placements in the year"
question    = "How many children have been moved again and again?"
why_it_matters = "Each move can cost a child a home, a school and the people they trust"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Of those children, the ones who lived in three or more placements in the 12 months to the month's end"
denominator = "Children looked after at the month's end"
exclusions  = "Changes of legal status with no move. Absences in a temporary placement and the return from them. Adoption by the child's own carers. Placements of less than a day. Short breaks"
caveats     = "The placement a child was already in when the year began counts as one. The published measure looks at April to March"
source      = "SSDA903: episodes of care"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 3
*/

-- A reason of L, T or U says that the child stayed with the same carer. T0 to T4 are absences from
-- a placement that goes on; A3 and A5 are adoption by the carers that the child already lives with.
with episodes as (
    select
        child_id,
        decom,
        dec,
        pl_distance,
        place,
        rne,
        case when place in ('T0', 'T1', 'T2', 'T3', 'T4') then 1 else 0 end as is_absence
    from cla_episodes
    where ls not in ('V3', 'V4')
),
numbered as (
    select
        child_id,
        decom,
        dec,
        pl_distance,
        place,
        rne,
        is_absence,
        lag(is_absence) over (partition by child_id order by decom) as after_absence
    from episodes
),
homes as (
    select
        child_id,
        decom,
        lag(place) over (partition by child_id order by decom) as home_before,
        lag(pl_distance) over (partition by child_id order by decom) as distance_before
    from episodes
    where is_absence = 0
),
moves as (
    select
        n.child_id,
        n.decom,
        n.dec,
        case
            when n.rne = 'S' then 1
            when n.rne not in ('P', 'B') then 0
            when n.is_absence = 1 then 0
            when n.place in ('A3', 'A5') then 0
            when n.after_absence = 1
                and h.home_before = n.place
                and coalesce(h.distance_before, 999.9) = coalesce(n.pl_distance, 999.9) then 0
            else 1
        end as is_move
    from numbered as n
    left join homes as h
        on h.child_id = n.child_id
        and h.decom = n.decom
),
placed as (
    select
        child_id,
        decom,
        dec,
        sum(is_move) over (partition by child_id order by decom) as placement_no
    from moves
),
placements as (
    select
        child_id,
        placement_no,
        min(decom) as placement_start,
        case when count(dec) = count(*) then max(dec) end as placement_end
    from placed
    group by child_id, placement_no
),
in_the_year as (
    select
        c.month,
        c.child_id,
        count(*) as placements
    from in_care as c
    join months as m on m.month = c.month
    join placements as p
        on p.child_id = c.child_id
        and p.placement_start <= m.month_end
        and (p.placement_end is null or p.placement_end > m.back_12_months)
        and (p.placement_end is null or p.placement_end > p.placement_start)
    group by c.month, c.child_id
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case when y.placements >= 3 then 1 else 0 end as numerator,
    1 as denominator,
    c.period_start_date,
    c.decom as episode_start_date,
    c.place as placement_type,
    y.placements as placements_in_the_year
from in_care as c
left join in_the_year as y
    on y.month = c.month
    and y.child_id = c.child_id
