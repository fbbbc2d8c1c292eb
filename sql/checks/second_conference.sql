-- warning: is the enquiry of an earlier conference, which is the one that counts
-- column: icpc_s47_enquiry_id
-- source: ssd
-- reads: s47_icpc
select
    _file,
    _sheet,
    _line
from raw.ssd_initial_cp_conference
where an_id(icpc_s47_enquiry_id) is not null
    and plain(icpc_icpc_date) is not null
qualify row_number() over (
    partition by an_id(icpc_s47_enquiry_id), plain(icpc_person_id)
    order by known_day(icpc_icpc_date) nulls last, plain(icpc_icpc_id)
) > 1
