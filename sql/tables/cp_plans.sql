-- One row per child protection plan.
create table cp_plans (
    authority  varchar not null,
    cp_plan_id varchar not null,
    child_id   varchar not null,
    start_date date    not null,
    end_date   date,
    ola_plan   boolean not null,  -- another authority's plan, held here for a time
    primary key (cp_plan_id),
    check (end_date >= start_date)
);
