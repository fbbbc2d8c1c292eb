-- warning: is before the strategy discussion; it counts as held, but not as in time
-- column: icpc_date
-- reads: s47_icpc
select
    _file,
    _sheet,
    _line
from typed.s47_icpc
where icpc_date < strategy_date
