-- List 5 has no column for children moving in from elsewhere, nor for conferences that could not go
-- ahead. A date beside "deemed unnecessary: yes" is not of a conference that was held.
select
    null as authority,
    made_key(
        '5',
        s."Child Unique ID",
        s."Strategy discussion initiating Section 47 Enquiry Start Date",
        row_number() over (
            partition by
                plain(s."Child Unique ID"),
                as_date(s."Strategy discussion initiating Section 47 Enquiry Start Date")
            order by s._line
        )
    ) as s47_id,
    s."Child Unique ID" as child_id,
    s."Strategy discussion initiating Section 47 Enquiry Start Date" as strategy_date,
    null as inquorate_date,
    case
        when says_yes(s."Was an Initial Child Protection Conference deemed unnecessary?") then null
        else s."Date of Initial Child Protection Conference"
    end as icpc_date,
    yes_or_no(
        s."Did the Initial Child Protection Conference Result in a Child Protection Plan"
    ) as icpc_outcome_cp,
    'no' as transfer_in,
    coalesce(t.team_id, s."Allocated Team") as team_id,
    s._file,
    s._sheet,
    s._line
from list_5 as s
left join teams as t on t.name = lower(plain(s."Allocated Team"))
