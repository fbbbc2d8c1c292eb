-- One row per contact or referral: one for each child of a family.
create table referrals (
    authority   varchar not null,
    referral_id varchar not null,
    child_id    varchar not null,
    event_type  varchar not null,
    event_date  date    not null,
    nfa         boolean,           -- a referral closed with no further action
    team_id     varchar,
    primary key (referral_id),
    check (event_type in ('contact', 'referral'))
);
