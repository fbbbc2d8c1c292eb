-- One row per review or visit of a child, planned or held.
create table reviews_visits (
    authority  varchar not null,
    event_id   varchar not null,
    child_id   varchar not null,
    cohort     varchar not null,      -- the plan or care that it belongs to
    event_kind varchar not null,
    due_date   date    default null,  -- as the case system worked it out; no indicator reads it
    event_date date,                  -- the day it was held; blank while it is only planned
    seen       boolean default null,  -- of a visit: was the child seen?
    cancelled  boolean not null,
    primary key (event_id),
    check (cohort in ('CIN', 'CP', 'CLA')),
    check (event_kind in ('REVIEW', 'VISIT', 'CORE_GROUP', 'RHI'))
);
