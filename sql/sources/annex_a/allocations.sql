-- The lists give the team and worker of today. Each child has one allocation in each role, from the
-- child's first date in the workbook, so that the months of its window find it too. A row that is
-- still open is believed before a closed one, and then care before protection before need.
with held as (
    select
        'social worker' as role,
        "Child Unique ID" as child_id,
        "Allocated Worker" as worker,
        "Allocated Team" as team,
        "Date Started to be Looked After" as started,
        "Date Ceased to be Looked After" as ended,
        1 as list,
        _file,
        _sheet,
        _line
    from list_8
    union all
    select
        'social worker',
        "Child Unique ID",
        "Allocated Worker",
        "Allocated Team",
        "Child Protection Plan Start Date",
        "Child Protection Plan End Date",
        2,
        _file,
        _sheet,
        _line
    from list_7
    union all
    select
        'social worker',
        "Child Unique ID",
        "Allocated Worker",
        "Allocated Team",
        "CIN Start Date",
        "CIN Closure Date",
        3,
        _file,
        _sheet,
        _line
    from list_6
    union all
    select
        'social worker',
        "Child Unique ID",
        "Allocated Worker",
        "Allocated Team",
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        4,
        _file,
        _sheet,
        _line
    from list_5
    union all
    select
        'social worker',
        "Child Unique ID",
        "Allocated Worker",
        "Allocated Team",
        "Continuous Assessment Start Date",
        "Continuous Assessment Date of Authorisation",
        5,
        _file,
        _sheet,
        _line
    from list_4
    union all
    select
        'personal adviser',
        "Child Unique ID",
        "Allocated Personal Advisor",
        "Allocated Team",
        null,
        null,
        1,
        _file,
        _sheet,
        _line
    from list_9
),
events as (
    select "Child Unique ID" as child_id, "Date of Contact" as day from list_1
    union all
    select "Child Unique ID", "Date of Referral" from list_3
    union all
    select child_id, started from held
),
first_seen as (
    select plain(child_id) as child_id, min(as_date(day)) as day
    from events
    group by plain(child_id)
),
chosen as (
    select *
    from held
    where plain(child_id) is not null
    qualify row_number() over (
        partition by role, plain(child_id)
        order by
            as_date(ended) is not null,
            list,
            as_date(started) desc nulls last,
            _line
    ) = 1
)
select
    null as authority,
    h.role || '-' || plain(h.child_id) as allocation_id,
    h.child_id,
    h.role,
    h.worker as worker_id,
    coalesce(t.team_id, h.team) as team_id,
    coalesce(f.day::varchar, this_load.month) as start_date,
    null as end_date,
    null as change_reason,
    h._file,
    h._sheet,
    h._line
from chosen as h
cross join this_load
left join first_seen as f on f.child_id = plain(h.child_id)
left join teams as t on t.name = lower(plain(h.team))
-- Where the row that is believed names nobody, nobody holds the case.
where coalesce(plain(h.team), plain(h.worker)) is not null
