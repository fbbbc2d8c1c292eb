-- List 6 has one row for each child. Case status c is a child in need plan; the others are children
-- in care, on a protection plan, in assessment or closed, whom other lists count.
select
    null as authority,
    made_key(
        '6',
        "Child Unique ID",
        "CIN Start Date",
        row_number() over (
            partition by plain("Child Unique ID"), as_date("CIN Start Date")
            order by _line
        )
    ) as cin_plan_id,
    "Child Unique ID" as child_id,
    "CIN Start Date" as start_date,
    "CIN Closure Date" as end_date,
    _file,
    _sheet,
    _line
from list_6
where regexp_matches(lower(plain("Case Status")), '^(c\)|c$|child(ren)? in need)')
