/*
code        = "A03"
title       = "Assessments that end without social care support"
short_title = "Assessments ending without support"
question    = "How many families do we assess and then find that they need no social worker?"
why_it_matters = "An assessment asks a great deal of a child; where none was needed, earlier help might have served them better"
kind        = "flow"
polarity    = "neither"
unit        = "percent"
numerator   = "Assessments authorised in the month that found no need of social care's support"
denominator = "Assessments authorised in the month"
exclusions  = "Drafts and cancelled assessments"
caveats     = "An assessment with no outcome recorded does not count as without support. A high share may mean that too many children are assessed, a low one that too few are"
benchmark_differs = "The published figure is a share of a year's referrals, not of assessments, so the two cannot be compared"
source      = "CIN census: assessment authorisation (N00160); local record of the assessment's outcome"
owner       = "Head of MASH and Assessment"
reviewed    = 2026-11-01
theme_order = 4
*/

-- A blank outcome is not known to be without support.
select
    m.month,
    a.authority,
    a.team_id,
    a.child_id,
    a.assessment_id as record_id,
    case when not a.outcome_csc_support then 1 else 0 end as numerator,
    1 as denominator,
    a.start_date,
    a.authorised_date,
    a.outcome_csc_support as needs_support
from assessments as a
join calendar as authorised on authorised.day = a.authorised_date
join months as m on m.month = authorised.month
where a.status = 'current'
