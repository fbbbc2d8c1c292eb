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
caveats     = "The placement a child was already in when the year began counts as one. Moves count for a year, so a child who has since settled can stay in this figure for months"
source      = "SSDA903: episodes of care"
benchmark_differs = "The published share is at 31 March and looks back over April to March, where ours looks back 12 months from every month's end"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 9
*/

-- A placement counts if it lasted a night at least and was not over when the 12 months began.
with in_the_year as (
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
