-- Everybody with social work in the job title, as things stand when the dataset is made, taken to
-- be the end of the extract month. It does not say who has started or left, so everybody whom it
-- lists is in post: from their first case, which shows that they had started, or from this month.
-- Who holds cases is whoever holds one as social worker at the month's end.
with involved as (
    select
        an_id(i.invo_professional_id) as worker_id,
        min(known_day(i.invo_involvement_start_date)) as first_case,
        bool_or(
            involved_as(i.invo_professional_role_id) = 'social worker'
            and known_day(i.invo_involvement_start_date) <= cast(this_load.month_end as date)
            and coalesce(
                known_day(i.invo_involvement_end_date) > cast(this_load.month_end as date), true
            )
        ) as holds
    from ssd_involvements as i
    cross join this_load
    group by an_id(i.invo_professional_id)
)
select
    null as authority,
    p.prof_professional_id as worker_id,
    this_load.month_end as extract_date,
    'social worker' as role,
    coalesce(t.team_id, p.prof_professional_department) as team_id,
    p.prof_full_time_equivalency as fte,
    yes_or_no(p.prof_agency_worker_flag) as agency,
    case when i.holds then 'yes' else 'no' end as case_holding,
    null as asye,
    least(coalesce(i.first_case, this_load.month::date), this_load.month::date) as start_date,
    null as leave_date,
    null as absence_days,
    p._file,
    p._sheet,
    p._line
from ssd_professionals as p
cross join this_load
left join involved as i on i.worker_id = an_id(p.prof_professional_id)
left join teams as t on t.name = lower(plain(p.prof_professional_department))
where lower(p.prof_professional_job_title) like '%social work%'
