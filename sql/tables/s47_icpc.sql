-- One row per child and section 47 enquiry, with the conference that followed it, if any.
create table s47_icpc (
    authority      varchar not null,
    s47_id         varchar not null,
    child_id       varchar not null,
    strategy_date  date    not null,          -- the strategy discussion that began the enquiry
    inquorate_date date    default null,      -- a conference that could not go ahead
    icpc_date      date,                      -- the first quorate conference
    icpc_outcome_cp boolean,                  -- did the conference decide on a protection plan?
    transfer_in    boolean not null,          -- the plan moved here from another authority
    team_id        varchar,
    primary key (s47_id)
);
