-- Contacts are list 1, referrals list 3. A contact's sheet does not say which team took it.
with events as (
    select
        '1' as list,
        "Child Unique ID" as child_id,
        'contact' as event_type,
        "Date of Contact" as event_date,
        null as nfa,
        null as team,
        _file,
        _sheet,
        _line
    from list_1
    union all
    select
        '3',
        "Child Unique ID",
        'referral',
        "Date of Referral",
        yes_or_no("Referral NFA?"),
        "Allocated Team",
        _file,
        _sheet,
        _line
    from list_3
)
select
    null as authority,
    made_key(
        e.list,
        e.child_id,
        e.event_date,
        row_number() over (
            partition by e.list, plain(e.child_id), as_date(e.event_date)
            order by e._line
        )
    ) as referral_id,
    e.child_id,
    e.event_type,
    e.event_date,
    e.nfa,
    coalesce(t.team_id, e.team) as team_id,
    e._file,
    e._sheet,
    e._line
from events as e
left join teams as t on t.name = lower(plain(e.team))
