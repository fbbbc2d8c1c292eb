/*
code        = "W03"
title       = "Social workers who come from an agency"
short_title = "Agency rate"
question    = "How much do we rely on social workers who may soon move on?"
why_it_matters = "An agency worker can leave within weeks, and the child starts again with somebody new"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Full-time equivalent of those social workers who are agency workers"
denominator = "Full-time equivalent of the social workers in post at the month's end, agency workers included"
exclusions  = "Staff who are not social workers"
caveats     = "A good agency worker who stays is better for a child than an empty post: read beside the vacancy rate"
source      = "Workforce record"
benchmark_differs = "The published rate is at 30 September each year"
owner       = "Principal Social Worker"
reviewed    = 2026-11-01
theme_order = 3
*/

select
    month,
    authority,
    team_id,
    null as child_id,
    worker_id as record_id,
    case when agency then fte else 0 end as numerator,
    fte as denominator,
    agency,
    start_date
from staff_at_month_end
