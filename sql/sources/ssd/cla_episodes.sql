-- An episode's placement is the one that it names; its legal status the one in force on its first
-- day, of several the one that began last. Whether a child sought asylum alone is taken as it stood
-- on the episode's last day, or on the extract's while it runs.
with episodes as (
    select
        *,
        known_day(clae_cla_episode_start_date) as began,
        coalesce(known_day(clae_cla_episode_ceased_date), cast(this_load.month_end as date)) as until
    from ssd_cla_episodes
    cross join this_load
),
legal as (
    select e._file, e._line, l.lega_legal_status as legal_status
    from episodes as e
    join ssd_legal_status as l
        on plain(l.lega_person_id) = plain(e.clae_person_id)
        and known_day(l.lega_legal_status_start_date) <= e.began
        and coalesce(known_day(l.lega_legal_status_end_date) > e.began, true)
    qualify row_number() over (
        partition by e._file, e._line
        order by known_day(l.lega_legal_status_start_date) desc, plain(l.lega_legal_status_id) desc
    ) = 1
),
alone as (
    select distinct e._file, e._line
    from episodes as e
    join ssd_immigration_status as i
        on plain(i.immi_person_id) = plain(e.clae_person_id)
        and coalesce(known_day(i.immi_immigration_status_start_date) <= e.until, true)
        and coalesce(known_day(i.immi_immigration_status_end_date) >= e.until, true)
    where regexp_matches(lower(i.immi_immigration_status), 'uasc|unaccompanied')
        and lower(i.immi_immigration_status) not like '%former%'
)
select
    null as authority,
    e.clae_person_id as child_id,
    day_of(e.clae_cla_episode_start_date) as decom,
    code(e.clae_cla_episode_start_reason, '^\s*([SLPTBU])\b') as rne,
    legal_status(l.legal_status) as ls,
    placement(p.clap_cla_placement_type) as place,
    day_of(e.clae_cla_episode_ceased_date) as "dec",
    code(e.clae_cla_episode_ceased_reason, '\b(X1|E\d{1,2}[AB]?)\b') as rec,
    p.clap_cla_placement_distance as pl_distance,
    case when a._line is null then 'no' else 'yes' end as uasc,
    day_of(e.clae_entered_care_date) as period_start_date,
    e._file,
    e._sheet,
    e._line
from episodes as e
left join legal as l on l._file = e._file and l._line = e._line
left join alone as a on a._file = e._file and a._line = e._line
left join ssd_cla_placement as p
    on plain(p.clap_cla_placement_id) = an_id(e.clae_cla_placement_id)
