-- A file of s47_icpc that is already in the contract's words.
select
    authority,
    s47_id,
    child_id,
    strategy_date,
    inquorate_date,
    icpc_date,
    icpc_outcome_cp,
    transfer_in,
    team_id,
    _file,
    _sheet,
    _line
from s47_icpc
