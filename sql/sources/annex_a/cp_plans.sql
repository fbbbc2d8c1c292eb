-- List 7 does not mark the plans of other authorities, so none is left out of the count.
select
    null as authority,
    made_key(
        '7',
        "Child Unique ID",
        "Child Protection Plan Start Date",
        row_number() over (
            partition by plain("Child Unique ID"), as_date("Child Protection Plan Start Date")
            order by _line
        )
    ) as cp_plan_id,
    "Child Unique ID" as child_id,
    "Child Protection Plan Start Date" as start_date,
    "Child Protection Plan End Date" as end_date,
    'no' as ola_plan,
    _file,
    _sheet,
    _line
from list_7
