/*
code        = "L07"
title       = "Children in care placed more than 20 miles from home"
short_title = "Placed over 20 miles from home"
question    = "How many children live far from their family, friends and school?"
why_it_matters = "Distance makes it harder to see family, to keep a school place, and for us to visit"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Of those children, the ones placed more than 20 miles from where they lived before"
denominator = "Children looked after at the month's end"
exclusions  = "Short breaks (legal status V3 and V4). Anyone who has turned 18"
caveats     = "A child whose distance is not known is counted among all children but not as over 20 miles. Exactly 20.0 miles is not over"
source      = "SSDA903: episodes of care, distance from home"
benchmark_differs = "The published share is at 31 March, and counts only placements that are also outside the council's own area"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 8
*/

-- 999.9 is how the return says that the distance is not known.
select
    month,
    authority,
    team_id,
    child_id,
    child_id as record_id,
    case when pl_distance > 20 and pl_distance <> 999.9 then 1 else 0 end as numerator,
    1 as denominator,
    decom as episode_start_date,
    place as placement_type,
    case when pl_distance <> 999.9 then pl_distance end as miles_from_home
from in_care
