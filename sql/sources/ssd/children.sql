-- An unborn child has an expected date of birth, which is not one, and is left aside.
select
    null as authority,
    pers_person_id as child_id,
    day_of(pers_dob) as dob,
    _file,
    _sheet,
    _line
from ssd_person
