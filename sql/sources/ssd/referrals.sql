-- Nothing says which team took a contact. The ids of contacts and of referrals are dealt out
-- separately, so a contact's is marked.
with events as (
    select
        'contact-' || plain(cont_contact_id) as referral_id,
        cont_person_id as child_id,
        'contact' as event_type,
        cont_contact_date as event_date,
        null as nfa,
        null as department,
        _file,
        _sheet,
        _line
    from ssd_contacts
    union all
    select
        cine_referral_id,
        cine_person_id,
        'referral',
        cine_referral_date,
        yes_or_no(cine_referral_nfa),
        cine_referral_team,
        _file,
        _sheet,
        _line
    from ssd_cin_episodes
),
departments as (
    select an_id(d.dept_team_id) as department, min(t.team_id) as team_id
    from ssd_department as d
    join teams as t on t.name = lower(plain(d.dept_team_name))
    group by an_id(d.dept_team_id)
)
select
    null as authority,
    e.referral_id,
    e.child_id,
    e.event_type,
    day_of(e.event_date) as event_date,
    e.nfa,
    coalesce(d.team_id, e.department) as team_id,
    e._file,
    e._sheet,
    e._line
from events as e
left join departments as d on d.department = an_id(e.department)
