/*
code        = "H02"
title       = "Children in care whose immunisations are up to date"
short_title = "Immunisations up to date"
question    = "Is each child in our care protected from illness?"
why_it_matters = "A child who has moved often may have missed a vaccine, and with it protection for years"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones whose last recorded status at the month's end is up to date"
denominator = "Children looked after at the month's end who have been in care for 12 months or more without a break"
exclusions  = "Children in care for less than 12 months. Short breaks. Anyone who has turned 18"
caveats     = "It is a status and not an event: it stands until somebody records another, so a sudden step is more likely a change of recording than of health. A child with no status recorded counts as not up to date"
source      = "SSDA903 OC2: immunisations. Local health record"
benchmark_differs = "The published share is at 31 March only"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 3
*/

with latest as (
    select
        c.month,
        c.child_id,
        e.event_date,
        e.value
    from in_care_a_year as c
    join cla_health as e
        on e.child_id = c.child_id
        and e.event_type = 'IMMUNISATION_STATUS'
        and e.event_date <= c.month_end
    qualify row_number() over (
        partition by c.month, c.child_id
        order by e.event_date desc, e.health_event_id desc
    ) = 1
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case when l.value = 'Y' then 1 else 0 end as numerator,
    1 as denominator,
    c.period_start_date,
    l.value as up_to_date,
    l.event_date as recorded_date
from in_care_a_year as c
left join latest as l
    on l.month = c.month
    and l.child_id = c.child_id
