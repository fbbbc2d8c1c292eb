-- One row per worker and extract: everybody in post on extract_date, and everybody who left in the
-- 12 months before it.
-- state: extract_date
create table workforce (
    authority    varchar not null,
    worker_id    varchar not null,
    extract_date date    not null,
    role         varchar not null,           -- 'social worker', 'personal adviser', …
    team_id      varchar,
    fte          decimal(4, 2) not null,     -- full-time equivalent: 1.00 is full time
    agency       boolean not null,
    case_holding boolean not null,
    asye         boolean default null,       -- in the assessed and supported first year
    start_date   date    not null,
    leave_date   date,
    absence_days decimal(5, 1),              -- working days lost to sickness in the extract's month
    primary key (worker_id, extract_date),
    check (fte > 0),
    check (leave_date >= start_date),
    check (absence_days >= 0)
);
