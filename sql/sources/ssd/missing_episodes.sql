-- A child who was away with leave, or absent and not missing, was not missing.
select
    null as authority,
    miss_table_id as missing_id,
    miss_person_id as child_id,
    day_of(miss_missing_episode_start_date) as start_date,
    day_of(miss_missing_episode_end_date) as end_date,
    _file,
    _sheet,
    _line
from ssd_missing
where coalesce(not regexp_matches(lower(plain(miss_missing_episode_type)), '^(a|abs.*|away.*)$'), true)
