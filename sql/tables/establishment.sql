-- One row per team and extract: the social work posts that the team has, filled or not.
-- state: extract_date
create table establishment (
    authority    varchar not null,
    team_id      varchar not null,
    extract_date date    not null,
    posts_fte    decimal(6, 2) not null,
    primary key (team_id, extract_date),
    check (posts_fte >= 0)
);
