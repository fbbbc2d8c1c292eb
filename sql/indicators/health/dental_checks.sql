/*
code        = "H01"
title       = "Children in care who have seen a dentist in the year"
short_title = "Dental checks in the year"
question    = "Has each child in our care been to the dentist, as ours would?"
why_it_matters = "Toothache keeps a child from eating, sleeping and learning, and most of it can be prevented"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those children, the ones with a completed dental check in the 12 months to the month's end"
denominator = "Children looked after at the month's end who have been in care for 12 months or more without a break"
exclusions  = "Checks that were planned, refused or cancelled. Children in care for less than 12 months. Short breaks. Anyone who has turned 18"
caveats     = "A check that the young person refused is not done, and the child still counts. Babies count too. A check recorded late appears only when it is recorded"
source      = "SSDA903 OC2: dental check. Local health record"
benchmark_differs = "The published share is of the year to 31 March only"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 2
*/

-- The list shows the last check of all, so that a reader sees how long a child has gone without.
with events as (
    select
        c.month,
        c.child_id,
        max(case when e.status = 'Completed' then e.event_date end) as last_check_date,
        max(case when e.status = 'Refused' then e.event_date end) as last_refused_date
    from in_care_a_year as c
    join cla_health as e
        on e.child_id = c.child_id
        and e.event_type = 'DENTAL'
        and e.event_date <= c.month_end
    group by c.month, c.child_id
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case when e.last_check_date > c.back_12_months then 1 else 0 end as numerator,
    1 as denominator,
    c.period_start_date,
    e.last_check_date,
    e.last_refused_date
from in_care_a_year as c
left join events as e
    on e.month = c.month
    and e.child_id = c.child_id
