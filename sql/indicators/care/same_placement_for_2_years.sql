/*
code        = "L06"
title       = "Children settled in the same placement for 2 years or more"
short_title = "Same placement for 2 years"
question    = "Do children who stay in care have a home that lasts?"
why_it_matters = "A child who stays with the same carers can put down roots, at home, at school and with friends"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones who have lived in their present placement for 2 years or more; or who are placed for adoption, and the placement they came from began 2 years ago or more"
denominator = "Children looked after at the month's end, under 16, who have been in care for 2 years and 6 months or more without a break"
exclusions  = "Short breaks (legal status V3 and V4). Anyone who has turned 16, or whose date of birth is not known"
caveats     = "Absences in a temporary placement and the return from them, changes of legal status, a move together with the same carer, and adoption by the present carers do not begin a new placement. A child in hospital on the day is still in the placement they are away from"
source      = "SSDA903: episodes of care"
benchmark_differs = "The published share is at 31 March only"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 10
*/

with homes as (
    select
        child_id,
        placement_start,
        began_as,
        lag(placement_start) over (
            partition by child_id order by placement_start desc
        ) as next_start,
        lag(placement_start) over (partition by child_id order by placement_start) as start_before,
        lag(placement_end) over (partition by child_id order by placement_start) as end_before
    from placements
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case
        when h.placement_start <= m.back_24_months then 1
        -- Away for a time on the day (T0 to T4), the child is still placed for adoption.
        when h.began_as in ('A3', 'A4', 'A5', 'A6')
            and c.place in ('A3', 'A4', 'A5', 'A6', 'T0', 'T1', 'T2', 'T3', 'T4')
            and h.end_before = h.placement_start
            and h.start_before <= m.back_24_months then 1
        else 0
    end as numerator,
    1 as denominator,
    c.period_start_date,
    h.placement_start as placement_start_date,
    c.place as placement_type
from in_care as c
join months as m on m.month = c.month
join birthdays as b
    on b.child_id = c.child_id
    and b.age = 16
    and b.birthday > c.month_end
-- The placement that the child's episode is part of.
join homes as h
    on h.child_id = c.child_id
    and h.placement_start <= c.decom
    and (h.next_start is null or h.next_start > c.decom)
where c.period_start_date <= m.back_30_months
