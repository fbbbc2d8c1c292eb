-- One row per health event or recorded state of health of a child in care.
create table cla_health (
    authority             varchar not null,
    health_event_id       varchar not null,
    child_id              varchar not null,
    event_type            varchar not null,
    event_date            date    not null,
    status                varchar not null,
    value                 varchar,              -- immunisations and substance misuse: Y or N; SDQ: the score, 0 to 40
    intervention_received boolean,              -- substance misuse only
    intervention_offered  boolean default null, -- substance misuse only
    primary key (health_event_id),
    check (event_type in ('DENTAL', 'HEALTH_ASSESSMENT', 'IMMUNISATION_STATUS', 'SDQ', 'SUBSTANCE_MISUSE', 'DEV_CHECK')),
    check (status in ('Planned', 'Refused', 'Cancelled', 'Completed')),
    check (event_type not in ('IMMUNISATION_STATUS', 'SUBSTANCE_MISUSE') or value in ('Y', 'N')),
    check (event_type <> 'SDQ' or regexp_full_match(value, '[0-9]|[1-3][0-9]|40'))
);
