/*
code        = "C03"
title       = "Care leavers aged 19 to 21 living somewhere suitable"
short_title = "Care leavers in suitable homes"
question    = "Has each young person who left our care a safe and decent home?"
why_it_matters = "Without a home that lasts, work, study and health soon go wrong too"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those young people, the ones whose accommodation is recorded as suitable"
denominator = "Care leavers aged 19 to 21 who are relevant or former relevant at the month's end"
exclusions  = "Young people who have died or gone home to parents. Anyone whose date of birth is not known"
caveats     = "A young person whose accommodation is not known is counted among them and not as suitable, so losing touch lowers the figure"
source      = "Local extract of care leavers; SSDA903 OC3: accommodation"
benchmark_differs = "The published share is of things as they stood around each young person's birthday in the year to 31 March, and not on one day for all"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
role        = "personal adviser"
theme_order = 3
*/

select
    l.month,
    l.authority,
    l.team_id,
    l.child_id,
    l.child_id as record_id,
    case when l.accommodation_suitable = '1' then 1 else 0 end as numerator,
    1 as denominator,
    l.eligibility,
    l.in_touch,
    l.accommodation,
    l.accommodation_suitable
from care_leavers_at_month_end as l
join birthdays as nineteenth
    on nineteenth.child_id = l.child_id
    and nineteenth.age = 19
    and nineteenth.birthday <= l.month_end
join birthdays as twenty_second
    on twenty_second.child_id = l.child_id
    and twenty_second.age = 22
    and twenty_second.birthday > l.month_end
where l.in_touch is null
    or l.in_touch not in ('DIED', 'RHOM')
