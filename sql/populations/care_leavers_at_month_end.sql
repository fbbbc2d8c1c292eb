-- Young people who have left care and are still owed help (relevant or former relevant) at each
-- month's end, one row each, with their personal adviser's team. Someone may stand in two extracts
-- of one month: the later says how the month ended.
with standing as (
    select
        m.month,
        m.month_end,
        l.authority,
        l.child_id,
        l.eligibility,
        l.pathway_plan_date,
        l.in_touch,
        l.accommodation,
        l.accommodation_suitable,
        l.activity
    from care_leavers as l
    join calendar as c on c.day = l.extract_date
    join months as m on m.month = c.month
    qualify row_number() over (partition by m.month, l.child_id order by l.extract_date desc) = 1
)
select
    s.month,
    s.month_end,
    s.authority,
    s.child_id,
    h.team_id,
    s.eligibility,
    s.pathway_plan_date,
    s.in_touch,
    s.accommodation,
    s.accommodation_suitable,
    s.activity
from standing as s
left join held_at_month_end as h
    on h.month = s.month
    and h.child_id = s.child_id
    and h.role = 'personal adviser'
where s.eligibility in ('Relevant', 'Former relevant')
