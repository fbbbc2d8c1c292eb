/*
code        = "C01"
title       = "Care leavers with an up-to-date pathway plan"
short_title = "Pathway plans up to date"
question    = "Does each young person leaving care have a plan that fits their life now?"
why_it_matters = "The plan says who will help with home, work, health and money, and when"
kind        = "snapshot"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Of those young people, the ones whose plan was made or reviewed in the 6 months to the month's end"
denominator = "Care leavers who are relevant or former relevant at the month's end"
exclusions  = "Young people still in care (eligible) and those who qualify for advice only"
caveats     = "A date that the case system leaves as 1 January 1900 is read as no plan"
source      = "Local extract of care leavers; the Care Leavers (England) Regulations 2010"
owner       = "Head of Corporate Parenting"
reviewed    = 2026-11-01
role        = "personal adviser"
theme_order = 1
*/

-- A young person may stand in two extracts of one month: the later says how the month ended.
with standing as (
    select
        m.month,
        m.month_end,
        m.back_6_months,
        l.authority,
        l.child_id,
        l.eligibility,
        l.pathway_plan_date
    from care_leavers as l
    join calendar as c on c.day = l.extract_date
    join months as m on m.month = c.month
    qualify row_number() over (partition by m.month, l.child_id order by l.extract_date desc) = 1
)
select
    s.month,
    s.authority,
    h.team_id,
    s.child_id,
    s.child_id as record_id,
    case
        when s.pathway_plan_date > s.back_6_months and s.pathway_plan_date <= s.month_end then 1
        else 0
    end as numerator,
    1 as denominator,
    s.eligibility,
    s.pathway_plan_date
from standing as s
left join held_at_month_end as h
    on h.month = s.month
    and h.child_id = s.child_id
    and h.role = 'personal adviser'
where s.eligibility in ('Relevant', 'Former relevant')
