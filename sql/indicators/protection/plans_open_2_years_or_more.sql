/*
code        = "P09"
title       = "Child protection plans open for 2 years or more"
short_title = "Plans open 2 years or more"
question    = "How many children have we been protecting for a very long time?"
why_it_matters = "A child still at risk after two years needs another answer than the same plan"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Of those children, the ones whose plan started 2 years or more before the month's end"
denominator = "Children with a child protection plan open at the month's end"
exclusions  = "Another authority's plans that are held here for a time"
caveats     = "Some children need a plan for longer, so nought is not the aim. Read beside repeat plans: ending plans early would lower this one and raise the other"
benchmark_differs = "The published figure is taken once a year, at 31 March, and takes 2 years as more than 729 days; ours is taken at each month's end, by the calendar"
source      = "CIN census: plan start (N00105) and end (N00115)"
owner       = "Head of Safeguarding and Quality Assurance"
reviewed    = 2026-11-01
theme_order = 12
*/

-- Two full years on the last day of the month count.
select
    p.month,
    p.authority,
    p.team_id,
    p.child_id,
    p.cp_plan_id as record_id,
    case when p.start_date <= m.back_24_months then 1 else 0 end as numerator,
    1 as denominator,
    p.start_date
from protected_at_month_end as p
join months as m on m.month = p.month
