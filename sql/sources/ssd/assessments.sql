-- Drafts and cancelled assessments are left out where the dataset is made, so each is current. An
-- outcome of no further action is one without support from social care.
with departments as (
    select an_id(d.dept_team_id) as department, min(t.team_id) as team_id
    from ssd_department as d
    join teams as t on t.name = lower(plain(d.dept_team_name))
    group by an_id(d.dept_team_id)
)
select
    null as authority,
    a.cina_assessment_id as assessment_id,
    a.cina_person_id as child_id,
    day_of(a.cina_assessment_start_date) as start_date,
    day_of(a.cina_assessment_auth_date) as authorised_date,
    'current' as status,
    seen(a.cina_assessment_child_seen) as child_seen,
    case yes_or_no(a.cina_assessment_outcome_nfa)
        when 'yes' then 'no'
        when 'no' then 'yes'
        else yes_or_no(a.cina_assessment_outcome_nfa)
    end as outcome_csc_support,
    coalesce(d.team_id, a.cina_assessment_team) as team_id,
    a._file,
    a._sheet,
    a._line
from ssd_cin_assessments as a
left join departments as d on d.department = an_id(a.cina_assessment_team)
