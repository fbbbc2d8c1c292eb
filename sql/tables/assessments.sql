-- One row per child and family assessment, open or finished.
create table assessments (
    authority       varchar not null,
    assessment_id   varchar not null,
    child_id        varchar not null,
    start_date      date    not null,  -- CIN census: assessment actual start date, N00159
    authorised_date date,              -- CIN census: assessment authorisation date, N00160
    status          varchar not null,
    child_seen      varchar,           -- Y, N or U: was the child seen during it?
    outcome_csc_support boolean,       -- did it find that the child needs social care's support?
    team_id         varchar,
    primary key (assessment_id),
    check (authorised_date >= start_date),
    check (status in ('current', 'draft', 'cancelled')),
    check (child_seen in ('Y', 'N', 'U'))
);
