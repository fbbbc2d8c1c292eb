/*
code        = "C02"
title       = "Care leavers we are not in touch with"
short_title = "Care leavers not in touch"
question    = "How many young people have we lost contact with?"
why_it_matters = "We were their parents: a young person nobody rings has nobody to turn to when something goes wrong"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Of those young people, the ones with whom we are not recorded as being in touch"
denominator = "Care leavers aged 17 to 21 who are relevant or former relevant at the month's end"
exclusions  = "Young people who have died or gone home to parents. Anyone whose date of birth is not known"
caveats     = "Someone who does not want contact, or needs none, counts as not in touch; so does someone of whom nothing is written"
source      = "Local extract of care leavers; SSDA903 OC3: in touch"
benchmark_differs = "The published share is of young people aged 19 to 21, as things stood around their birthday in the year to 31 March"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
role        = "personal adviser"
theme_order = 1
*/

select
    l.month,
    l.authority,
    l.team_id,
    l.child_id,
    l.child_id as record_id,
    case when l.in_touch = 'YES' then 0 else 1 end as numerator,
    1 as denominator,
    l.eligibility,
    l.in_touch
from care_leavers_at_month_end as l
join birthdays as seventeenth
    on seventeenth.child_id = l.child_id
    and seventeenth.age = 17
    and seventeenth.birthday <= l.month_end
join birthdays as twenty_second
    on twenty_second.child_id = l.child_id
    and twenty_second.age = 22
    and twenty_second.birthday > l.month_end
where l.in_touch is null
    or l.in_touch not in ('DIED', 'RHOM')
