-- Each enquiry, with the first conference that names it, and each conference of a child moving in
-- with a plan, which follows no enquiry here: its own day stands for the strategy discussion, which
-- nothing reads of it. Any other conference must name an enquiry: without it nobody can say whether
-- it was held in time. Nothing marks a conference that could not go ahead.
with conferences as (
    select
        *,
        row_number() over (
            partition by an_id(icpc_s47_enquiry_id), plain(icpc_person_id)
            order by known_day(icpc_icpc_date) nulls last, plain(icpc_icpc_id)
        ) as nth
    from ssd_initial_cp_conference
),
departments as (
    select an_id(d.dept_team_id) as department, min(t.team_id) as team_id
    from ssd_department as d
    join teams as t on t.name = lower(plain(d.dept_team_name))
    group by an_id(d.dept_team_id)
),
enquiries as (
    select
        s.s47e_s47_enquiry_id as s47_id,
        s.s47e_person_id as child_id,
        s.s47e_s47_start_date as strategy_date,
        c.icpc_icpc_date as icpc_date,
        c.icpc_icpc_outcome_cp_flag as outcome,
        c.icpc_icpc_transfer_in as transfer_in,
        coalesce(an_id(s.s47e_s47_completed_by_team), an_id(c.icpc_icpc_team)) as department,
        s._file,
        s._sheet,
        s._line
    from ssd_s47_enquiry as s
    left join conferences as c
        on an_id(c.icpc_s47_enquiry_id) = plain(s.s47e_s47_enquiry_id)
        and plain(c.icpc_person_id) = plain(s.s47e_person_id)
        and c.nth = 1
    union all
    select
        'conference-' || plain(c.icpc_icpc_id),
        c.icpc_person_id,
        case when says_yes(c.icpc_icpc_transfer_in) then c.icpc_icpc_date end,
        c.icpc_icpc_date,
        c.icpc_icpc_outcome_cp_flag,
        c.icpc_icpc_transfer_in,
        an_id(c.icpc_icpc_team),
        c._file,
        c._sheet,
        c._line
    from conferences as c
    left join ssd_s47_enquiry as s
        on plain(s.s47e_s47_enquiry_id) = an_id(c.icpc_s47_enquiry_id)
        and plain(s.s47e_person_id) = plain(c.icpc_person_id)
    where s._line is null
        and plain(c.icpc_icpc_date) is not null
)
select
    null as authority,
    e.s47_id,
    e.child_id,
    day_of(e.strategy_date) as strategy_date,
    null as inquorate_date,
    day_of(e.icpc_date) as icpc_date,
    yes_or_no(e.outcome) as icpc_outcome_cp,
    coalesce(yes_or_no(e.transfer_in), 'no') as transfer_in,
    coalesce(d.team_id, e.department) as team_id,
    e._file,
    e._sheet,
    e._line
from enquiries as e
left join departments as d on d.department = e.department
