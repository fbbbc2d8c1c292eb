-- One row per child in need plan.
create table cin_plans (
    authority   varchar not null,
    cin_plan_id varchar not null,
    child_id    varchar not null,
    start_date  date    not null,
    end_date    date,
    primary key (cin_plan_id),
    check (end_date >= start_date)
);
