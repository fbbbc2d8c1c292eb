-- The allocated case worker is the child's social worker; other roles keep their names.
with departments as (
    select an_id(d.dept_team_id) as department, min(t.team_id) as team_id
    from ssd_department as d
    join teams as t on t.name = lower(plain(d.dept_team_name))
    group by an_id(d.dept_team_id)
)
select
    null as authority,
    i.invo_involvements_id as allocation_id,
    i.invo_person_id as child_id,
    involved_as(i.invo_professional_role_id) as role,
    i.invo_professional_id as worker_id,
    coalesce(d.team_id, i.invo_professional_team) as team_id,
    day_of(i.invo_involvement_start_date) as start_date,
    day_of(i.invo_involvement_end_date) as end_date,
    i.invo_worker_change_reason as change_reason,
    i._file,
    i._sheet,
    i._line
from ssd_involvements as i
left join departments as d on d.department = an_id(i.invo_professional_team)
