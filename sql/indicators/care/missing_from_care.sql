/*
code        = "L13"
title       = "Children in care who went missing in the year"
short_title = "Went missing from care"
question    = "How many children in our care have gone missing?"
why_it_matters = "A missing child may be in danger, and is often running from something or to somebody who means them harm"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Of those children, the ones who went missing at least once in the 12 months to the month's end, since they came into care"
denominator = "Children looked after at the month's end"
exclusions  = "Times before the present period of care. Absences that are not recorded as missing. Short breaks. Anyone who has turned 18"
caveats     = "A child who goes missing ten times counts as one who goes missing once: open the list for how often. Good recording raises the figure"
source      = "Local record of missing episodes; SSDA903: episodes of care"
benchmark_differs = "The published share is of all children who were in care at any time in the year to 31 March, those who have since left included"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
theme_order = 15
*/

with missing as (
    select
        c.month,
        c.child_id,
        count(*) as times_missing,
        max(e.start_date) as last_missing_date
    from in_care as c
    join months as m on m.month = c.month
    join missing_episodes as e
        on e.child_id = c.child_id
        and e.start_date >= c.period_start_date
        and e.start_date > m.back_12_months
        and e.start_date <= c.month_end
    group by c.month, c.child_id
)
select
    c.month,
    c.authority,
    c.team_id,
    c.child_id,
    c.child_id as record_id,
    case when x.child_id is not null then 1 else 0 end as numerator,
    1 as denominator,
    c.period_start_date,
    coalesce(x.times_missing, 0) as times_missing_in_the_year,
    x.last_missing_date
from in_care as c
left join missing as x
    on x.month = c.month
    and x.child_id = c.child_id
