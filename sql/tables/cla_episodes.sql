-- One row per episode of care, as the SSDA903 return has it: a new row for each change of placement or legal status.
create table cla_episodes (
    authority         varchar not null,
    child_id          varchar not null,
    decom             date    not null,      -- the episode's first day
    rne               varchar not null,      -- why it began
    ls                varchar not null,      -- legal status
    place             varchar not null,      -- placement type
    dec               date,                  -- the day it ended
    rec               varchar,               -- why it ended; X1: another episode followed at once
    pl_distance       decimal(5, 1),         -- miles from home; 999.9 where not known
    uasc              boolean not null,      -- an unaccompanied child seeking asylum
    period_start_date date    not null,      -- the day this unbroken period of care began
    primary key (child_id, decom),
    check (dec >= decom),
    check (decom >= period_start_date),
    check (rne in ('S', 'L', 'P', 'T', 'B', 'U'))
);
