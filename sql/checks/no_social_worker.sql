-- warning: is never 'social worker'; write so for the worker who holds the case, or every case counts as Unallocated
-- column: role
-- reads: allocations
select
    _file,
    _sheet,
    _line
from typed.allocations
where not exists (select 1 from typed.allocations where role = 'social worker')
