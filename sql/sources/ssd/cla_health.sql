-- Checks of other kinds, such as an optician's, are not health events of the contract. A record of
-- substance misuse says which substance, or only yes or no; a questionnaire without a score has not
-- come back.
with events as (
    select
        clah_health_check_id as health_event_id,
        clah_person_id as child_id,
        case
            when lower(clah_health_check_type) like '%dent%' then 'DENTAL'
            when lower(clah_health_check_type) like '%assess%' then 'HEALTH_ASSESSMENT'
            when regexp_matches(
                lower(clah_health_check_type), 'develop|surveillance|^\s*health check'
            )
                then 'DEV_CHECK'
        end as event_type,
        clah_health_check_date as event_date,
        case
            when regexp_matches(lower(clah_health_check_status), 'complete') then 'Completed'
            when regexp_matches(lower(clah_health_check_status), 'refuse|decline') then 'Refused'
            when regexp_matches(lower(clah_health_check_status), 'cancel') then 'Cancelled'
            when regexp_matches(lower(clah_health_check_status), 'plan|schedul') then 'Planned'
            else clah_health_check_status
        end as status,
        null as value,
        null as intervention_received,
        _file,
        _sheet,
        _line
    from ssd_cla_health
    union all
    select
        'immunisations-' || plain(clai_person_id),
        clai_person_id,
        'IMMUNISATION_STATUS',
        clai_immunisations_status_date,
        'Completed',
        case yes_or_no(clai_immunisations_status)
            when 'yes' then 'Y'
            when 'no' then 'N'
            else yes_or_no(clai_immunisations_status)
        end,
        null,
        _file,
        _sheet,
        _line
    from ssd_cla_immunisations
    union all
    select
        'substance-misuse-' || plain(clas_substance_misuse_id),
        clas_person_id,
        'SUBSTANCE_MISUSE',
        clas_substance_misuse_date,
        'Completed',
        case
            when yes_or_no(clas_substance_misused) is null then null
            when yes_or_no(clas_substance_misused) = 'no' then 'N'
            else 'Y'
        end,
        yes_or_no(clas_intervention_received),
        _file,
        _sheet,
        _line
    from ssd_cla_substance_misuse
    union all
    select
        'sdq-' || plain(csdq_table_id),
        csdq_person_id,
        'SDQ',
        csdq_sdq_completed_date,
        'Completed',
        regexp_replace(plain(csdq_sdq_score), '\.0+$', ''),
        null,
        _file,
        _sheet,
        _line
    from ssd_sdq_scores
    where plain(csdq_sdq_score) is not null
)
select
    null as authority,
    health_event_id,
    child_id,
    event_type,
    day_of(event_date) as event_date,
    status,
    value,
    intervention_received,
    null as intervention_offered,
    _file,
    _sheet,
    _line
from events
where event_type is not null
