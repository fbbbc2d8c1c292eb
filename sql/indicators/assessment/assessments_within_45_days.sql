/*
code        = "A01"
title       = "Assessments completed within 45 working days"
short_title = "Assessments within 45 days"
question    = "Are families told in good time what we think their child needs?"
why_it_matters = "Until the assessment is finished a child waits for help, and may be at risk"
kind        = "flow"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Assessments authorised in the month, 45 or fewer working days after they started"
denominator = "Assessments authorised in the month"
exclusions  = "Drafts and cancelled assessments"
caveats     = "A late assessment shows only once it is finished: read beside open assessments over 45 days. Each child of a family has an assessment, so brothers and sisters move together"
benchmark_differs = "The published figure is for the assessments finished in a year to 31 March; ours is for those finished in the months shown"
source      = "CIN census: assessment start (N00159) and authorisation (N00160). Working Together to Safeguard Children"
owner       = "Head of MASH and Assessment"
reviewed    = 2026-11-01
theme_order = 1
*/

-- The day it starts is day 0, so day 45 itself is in time.
select
    m.month,
    a.authority,
    a.team_id,
    a.child_id,
    a.assessment_id as record_id,
    case when authorised.working_day_no - started.working_day_no <= 45 then 1 else 0 end as numerator,
    1 as denominator,
    a.start_date,
    a.authorised_date,
    authorised.working_day_no - started.working_day_no as working_days_taken
from assessments as a
join calendar as started on started.day = a.start_date
join calendar as authorised on authorised.day = a.authorised_date
join months as m on m.month = authorised.month
where a.status = 'current'
