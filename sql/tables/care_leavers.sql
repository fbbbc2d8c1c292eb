-- One row per care leaver and extract: how things stood on extract_date.
-- state: extract_date
create table care_leavers (
    authority         varchar not null,
    child_id          varchar not null,
    extract_date      date    not null,
    eligibility       varchar,
    pathway_plan_date date,              -- when the plan was made or last reviewed
    primary key (child_id, extract_date),
    check (eligibility in ('Eligible', 'Relevant', 'Former relevant', 'Qualifying'))
);
