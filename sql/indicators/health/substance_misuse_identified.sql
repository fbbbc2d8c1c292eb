/*
code        = "H04"
title       = "Children in care identified with a substance misuse problem"
short_title = "Substance misuse identified"
question    = "How many children in our care have a problem with drugs or alcohol that we know of?"
why_it_matters = "A child cannot be helped with a problem that nobody has noticed"
kind        = "snapshot"
polarity    = "neither"
unit        = "percent"
numerator   = "Of those children, the ones identified with a substance misuse problem in the 12 months to the month's end"
denominator = "Children looked after at the month's end who have been in care for 12 months or more without a break"
exclusions  = "Screenings that were planned, refused or cancelled. Children in care for less than 12 months. Short breaks. Anyone who has turned 18"
caveats     = "A higher share may mean more misuse, or that we notice more of it, so neither way is better in itself. Children of every age are counted, so the numbers are small"
source      = "SSDA903 OC2: substance misuse. Local health record"
benchmark_differs = "The published share is of the year to 31 March only, and is published as better when lower, where we do not say so"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 6
*/

with identified as (
    select
        c.month,
        c.child_id,
        max(e.event_date) as last_identified_date
    from in_care_a_year as c
    join cla_health as e
        on e.child_id = c.child_id
        and e.event_type = 'SUBSTANCE_MISUSE'
        and e.status = 'Completed'
        and e.value = 'Y'
        and e.event_date > c.back_12_months
        and e.event_date <= c.month_end
    group by c.month, c.child_id
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case when i.child_id is not null then 1 else 0 end as numerator,
    1 as denominator,
    c.period_start_date,
    i.last_identified_date
from in_care_a_year as c
left join identified as i
    on i.month = c.month
    and i.child_id = c.child_id
