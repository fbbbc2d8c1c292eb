/*
code        = "P05"
title       = "Child protection plans ended"
short_title = "Protection plans ended"
question    = "How many children no longer need a protection plan?"
why_it_matters = "A plan should end when a child is safe, and neither before nor long after"
kind        = "flow"
polarity    = "neither"
unit        = "count"
numerator   = "Child protection plans that ended in the month"
exclusions  = "Another authority's plans that are held here for a time"
caveats     = "Neither a high nor a low number is good in itself: read beside plans started and repeat plans. It does not tell why a plan ended. Where the social worker's allocation ends on the same day as the plan, nobody holds the case that day and it counts as Unallocated"
source      = "CIN census: plan end (N00115)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 13
*/

select
    month,
    authority,
    team_id,
    child_id,
    cp_plan_id as record_id,
    1 as numerator,
    null as denominator,
    start_date,
    end_date
from plans_ended
