-- The two tables that a release keeps. kpi/measures.py says what each column means.
create table measure (
    indicator    varchar not null,
    month        date    not null,
    authority    varchar not null,
    service_area varchar not null,
    team         varchar not null,
    service_area_today varchar not null,
    team_today   varchar not null,
    numerator    decimal(18, 4) not null,
    denominator  decimal(18, 4),
    primary key (indicator, month, authority, service_area, team, service_area_today, team_today)
);
create table records (
    indicator    varchar not null,
    month        date    not null,
    authority    varchar not null,
    service_area varchar not null,
    team         varchar not null,
    service_area_today varchar not null,
    team_today   varchar not null,
    child_id     varchar,
    record_id    varchar not null,
    numerator    decimal(18, 4) not null,
    denominator  decimal(18, 4),
    details      varchar not null
);
