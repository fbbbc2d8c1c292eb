-- A review names a period of care, and so a child, through the episodes of that period. A review
-- conference without its quorum did not take place. Reviews of child in need plans are not in the
-- dataset.
with periods as (
    select distinct an_id(clae_cla_id) as cla_id, plain(clae_person_id) as child_id
    from ssd_cla_episodes
),
events as (
    select
        'cp-review-' || plain(cppr_cp_review_id) as event_id,
        cppr_person_id as child_id,
        'CP' as cohort,
        'REVIEW' as event_kind,
        cppr_cp_review_due as due_date,
        cppr_cp_review_date as event_date,
        null as seen,
        case yes_or_no(cppr_cp_review_quorate) when 'no' then 'yes' else 'no' end as cancelled,
        _file,
        _sheet,
        _line
    from ssd_cp_reviews
    union all
    select
        'cla-review-' || plain(r.clar_cla_review_id),
        p.child_id,
        'CLA',
        'REVIEW',
        r.clar_cla_review_due_date,
        r.clar_cla_review_date,
        null,
        coalesce(yes_or_no(r.clar_cla_review_cancelled), 'no'),
        r._file,
        r._sheet,
        r._line
    from ssd_cla_reviews as r
    left join periods as p on p.cla_id = an_id(r.clar_cla_id)
    union all
    select
        'cin-visit-' || plain(cinv_cin_visit_id),
        cinv_person_id,
        'CIN',
        'VISIT',
        null,
        cinv_cin_visit_date,
        cinv_cin_visit_seen,
        'no',
        _file,
        _sheet,
        _line
    from ssd_cin_visits
    union all
    select
        'cp-visit-' || plain(cppv_cp_visit_id),
        cppv_person_id,
        'CP',
        'VISIT',
        null,
        cppv_cp_visit_date,
        cppv_cp_visit_seen,
        'no',
        _file,
        _sheet,
        _line
    from ssd_cp_visits
    union all
    select
        'cla-visit-' || plain(clav_cla_visit_id),
        clav_person_id,
        'CLA',
        'VISIT',
        null,
        clav_cla_visit_date,
        clav_cla_visit_seen,
        'no',
        _file,
        _sheet,
        _line
    from ssd_cla_visits
)
select
    null as authority,
    event_id,
    child_id,
    cohort,
    event_kind,
    day_of(due_date) as due_date,
    day_of(event_date) as event_date,
    yes_or_no(seen) as seen,
    cancelled,
    _file,
    _sheet,
    _line
from events
