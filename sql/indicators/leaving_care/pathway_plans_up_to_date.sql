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
theme_order = 2
*/

select
    l.month,
    l.authority,
    l.team_id,
    l.child_id,
    l.child_id as record_id,
    case
        when l.pathway_plan_date > m.back_6_months and l.pathway_plan_date <= l.month_end then 1
        else 0
    end as numerator,
    1 as denominator,
    l.eligibility,
    l.pathway_plan_date
from care_leavers_at_month_end as l
join months as m on m.month = l.month
