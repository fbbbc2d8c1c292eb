/*
code        = "H05"
title       = "Children with a substance misuse problem who had support"
short_title = "Support for substance misuse"
question    = "Did the children who need help with drugs or alcohol get it?"
why_it_matters = "A problem that is noticed and left alone grows, and puts the child within reach of people who exploit it"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones who received support for it"
denominator = "Children looked after at the month's end, in care for 12 months or more without a break, who were identified with a substance misuse problem in the 12 months to it"
exclusions  = "Screenings that were planned, refused or cancelled. Children in care for less than 12 months. Short breaks. Anyone who has turned 18"
caveats     = "Support that was offered and refused does not count as received: the list shows where it was offered. A handful of children, so that one of them moves the figure by many points"
source      = "SSDA903 OC2: substance misuse, intervention received and offered. Local health record"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 7
*/

with identified as (
    select
        c.month,
        c.authority,
        c.team_id,
        c.child_id,
        c.period_start_date,
        max(e.event_date) as last_identified_date,
        max(case when e.intervention_received then 1 else 0 end) as received,
        max(case when e.intervention_offered then 1 else 0 end) as offered
    from in_care_a_year as c
    join cla_health as e
        on e.child_id = c.child_id
        and e.event_type = 'SUBSTANCE_MISUSE'
        and e.status = 'Completed'
        and e.value = 'Y'
        and e.event_date > c.back_12_months
        and e.event_date <= c.month_end
    group by c.month, c.authority, c.team_id, c.child_id, c.period_start_date
)
select
    month,
    authority,
    team_id,
    child_id,
    child_id as record_id,
    received as numerator,
    1 as denominator,
    period_start_date,
    last_identified_date,
    received = 1 as support_received,
    offered = 1 as support_offered
from identified
