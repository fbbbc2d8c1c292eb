-- One row per time that a child in care went missing.
create table missing_episodes (
    authority  varchar not null,
    missing_id varchar not null,
    child_id   varchar not null,
    start_date date    not null,
    end_date   date,
    primary key (missing_id),
    check (end_date >= start_date)
);
