-- warning: is 999.9, which means not known; it counts as placed, but not as over 20 miles
-- column: pl_distance
-- reads: cla_episodes
select
    _file,
    _sheet,
    _line
from typed.cla_episodes
where pl_distance = 999.9
