-- List 8 has one row for each period of care, with the latest placement of it. It is one episode
-- here, from the day that care began: were it to begin with the latest placement, a child who moved
-- last month would seem not to have been in care before. So nothing that counts moves can use it.
select
    null as authority,
    "Child Unique ID" as child_id,
    "Date Started to be Looked After" as decom,
    'S' as rne,
    legal_status("Child's Legal Status") as ls,
    placement("Placement Type") as place,
    "Date Ceased to be Looked After" as "dec",
    null as rec,
    null as pl_distance,
    yes_or_no("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)") as uasc,
    "Date Started to be Looked After" as period_start_date,
    _file,
    _sheet,
    _line
from list_8
