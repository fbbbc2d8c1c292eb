-- List 4 has neither drafts nor cancelled assessments, so each is current.
select
    null as authority,
    made_key(
        '4',
        a."Child Unique ID",
        a."Continuous Assessment Start Date",
        row_number() over (
            partition by plain(a."Child Unique ID"), as_date(a."Continuous Assessment Start Date")
            order by a._line
        )
    ) as assessment_id,
    a."Child Unique ID" as child_id,
    a."Continuous Assessment Start Date" as start_date,
    a."Continuous Assessment Date of Authorisation" as authorised_date,
    'current' as status,
    seen(a."Child Seen During Continuous Assessment") as child_seen,
    yes_or_no(
        a."Was the child assessed as requiring LA children's social care support?"
    ) as outcome_csc_support,
    coalesce(t.team_id, a."Allocated Team") as team_id,
    a._file,
    a._sheet,
    a._line
from list_4 as a
left join teams as t on t.name = lower(plain(a."Allocated Team"))
