/*
code        = "A04"
title       = "Children seen during their assessment"
short_title = "Children seen in assessment"
question    = "Do we see each child before we decide what they need?"
why_it_matters = "A child who is not seen cannot tell us what life is like at home"
kind        = "flow"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those assessments, the ones during which the child was seen"
denominator = "Assessments authorised in the month of children who had been born by then"
exclusions  = "Drafts and cancelled assessments. Children not yet born when the assessment was authorised, and those without a date of birth on the record"
caveats     = "Where the record does not say, the child counts as not seen. It tells that the child was seen, not whether they were seen alone"
source      = "Local assessment record; CIN census: assessment authorisation (N00160)"
owner       = "Head of MASH and Assessment"
reviewed    = 2026-11-01
theme_order = 3
*/

-- A child born on the day of the authorisation could be seen, and counts.
select
    m.month,
    a.authority,
    a.team_id,
    a.child_id,
    a.assessment_id as record_id,
    case when a.child_seen = 'Y' then 1 else 0 end as numerator,
    1 as denominator,
    a.start_date,
    a.authorised_date,
    a.child_seen
from assessments as a
join calendar as authorised on authorised.day = a.authorised_date
join months as m on m.month = authorised.month
join children as c
    on c.child_id = a.child_id
    and c.dob <= a.authorised_date
where a.status = 'current'
