-- One row per care leaver and extract: how things stood on extract_date.
-- state: extract_date
create table care_leavers (
    authority         varchar not null,
    child_id          varchar not null,
    extract_date      date    not null,
    eligibility       varchar,
    pathway_plan_date date,              -- when the plan was made or last reviewed
    in_touch          varchar,           -- SSDA903: YES, NO, or why not: DIED, REFU, NREQ, RHOM
    accommodation     varchar default null,  -- SSDA903 letter: B, C, D …
    accommodation_suitable varchar,      -- 1 suitable, 2 not
    activity          varchar,           -- SSDA903: F1 … P5 in education or work, G4 … G6 not, 0 not known
    primary key (child_id, extract_date),
    check (eligibility in ('Eligible', 'Relevant', 'Former relevant', 'Qualifying')),
    check (in_touch in ('YES', 'NO', 'DIED', 'REFU', 'NREQ', 'RHOM')),
    check (accommodation_suitable in ('1', '2')),
    check (activity in ('F1', 'P1', 'F2', 'P2', 'F4', 'P4', 'F5', 'P5', 'G4', 'G5', 'G6', '0'))
);
