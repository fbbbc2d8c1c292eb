-- One row per child known to the service. An unborn child has no date of birth yet.
create table children (
    authority     varchar not null,
    child_id      varchar not null,
    dob           date,
    primary key (child_id)
);
