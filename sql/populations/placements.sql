-- The placements that each child in care has lived in, one after another. Several episodes may be
-- one placement. A placement that goes on has no end.
-- A reason of L, T or U says that the child stayed with the same carer. T0 to T4 are absences from
-- a placement that goes on; A3 and A5 are adoption by the carers that the child already lives with.
-- Short breaks (legal status V3 and V4) take no part. Nobody returns from an absence to a home of
-- an earlier period of care.
with episodes as (
    select
        child_id,
        decom,
        dec,
        pl_distance,
        place,
        rne,
        case when place in ('T0', 'T1', 'T2', 'T3', 'T4') then 1 else 0 end as is_absence,
        sum(case when rne = 'S' then 1 else 0 end) over (
            partition by child_id
            order by decom
        ) as period_no
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
        lag(is_absence) over (partition by child_id, period_no order by decom) as after_absence
    from episodes
),
homes as (
    select
        child_id,
        decom,
        lag(place) over (partition by child_id, period_no order by decom) as home_before,
        lag(pl_distance) over (partition by child_id, period_no order by decom) as distance_before
    from episodes
    where is_absence = 0
),
moves as (
    select
        n.child_id,
        n.decom,
        n.dec,
        n.place,
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
        place,
        is_move,
        sum(is_move) over (partition by child_id order by decom) as placement_no
    from moves
)
select
    child_id,
    placement_no,
    min(decom) as placement_start,
    case when count(dec) = count(*) then max(dec) end as placement_end,
    -- Of the placement in which the records begin midway, nobody knows how it began.
    max(case when is_move = 1 then place end) as began_as
from placed
group by child_id, placement_no
