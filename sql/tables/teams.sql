-- One row per team for as long as it stood under one name in one service area.
-- Read from data/reference/teams.csv. A team stands from valid_from until the day before valid_to.
create table teams (
    authority    varchar not null,
    team_id      varchar not null,
    team         varchar not null,
    service_area varchar not null,
    valid_from   date    not null,
    valid_to     date    default null,
    successor    varchar default null,  -- the team_id that took the work on
    primary key (team_id, valid_from),
    check (valid_to >= valid_from)
);
