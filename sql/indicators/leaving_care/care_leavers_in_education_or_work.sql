/*
code        = "C04"
title       = "Care leavers aged 19 to 21 in education, training or work"
short_title = "Care leavers in education or work"
question    = "Is each young person who left our care learning or earning?"
why_it_matters = "A course or a job brings money, friends and a future to a young person with no family to fall back on"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those young people, the ones in education, training or work, full time (F1, F2, F4, F5) or part time (P1, P2, P4, P5)"
denominator = "Care leavers aged 19 to 21 who are relevant or former relevant at the month's end"
exclusions  = "Young people who have died or gone home to parents. Anyone whose date of birth is not known"
caveats     = "A young person of whom nothing is known is counted among them and not as in education or work. Those who cannot work because of illness, disability, pregnancy or a child to look after are counted among them too"
source      = "Local extract of care leavers; SSDA903 OC3: main activity"
benchmark_differs = "The published share is of things as they stood around each young person's birthday in the year to 31 March, and not on one day for all"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
role        = "personal adviser"
theme_order = 4
*/

select
    l.month,
    l.authority,
    l.team_id,
    l.child_id,
    l.child_id as record_id,
    case
        when l.activity in ('F1', 'F2', 'F4', 'F5', 'P1', 'P2', 'P4', 'P5') then 1
        else 0
    end as numerator,
    1 as denominator,
    l.eligibility,
    l.in_touch,
    l.activity
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
