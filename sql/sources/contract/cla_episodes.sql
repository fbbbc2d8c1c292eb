-- A file of cla_episodes that is already in the contract's words.
select
    authority,
    child_id,
    decom,
    rne,
    ls,
    place,
    dec,
    rec,
    pl_distance,
    uasc,
    period_start_date,
    _file,
    _sheet,
    _line
from cla_episodes
