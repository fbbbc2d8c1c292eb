-- One row per supervision in which a child's case was discussed.
create table supervision (
    authority        varchar not null,
    supervision_id   varchar not null,
    child_id         varchar,            -- none where a worker's own supervision names no child
    worker_id        varchar,            -- whose work was discussed
    supervision_date date    not null,
    kind             varchar not null,
    primary key (supervision_id),
    check (kind in ('case', 'personal'))
);
