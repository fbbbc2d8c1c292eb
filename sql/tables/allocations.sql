-- One row per spell in which one worker of one team held a child's case in one role.
create table allocations (
    authority     varchar not null,
    allocation_id varchar not null,
    child_id      varchar not null,
    role          varchar not null,              -- 'social worker', 'personal adviser', …
    worker_id     varchar,
    team_id       varchar,
    start_date    date    not null,
    end_date      date,
    change_reason varchar default null,
    primary key (allocation_id),
    check (end_date >= start_date)
);
