"""The indicators counted a second time, in plain Python, from their definitions alone.

Nothing here reads the product's SQL, its calendar or its populations: two people who read one
definition alike get the same number, and a slip by either shows as a difference. Each reading
takes the tables as they were loaded and the first days of the months to report on, and returns
one row per thing counted: month, team_id, child_id, record_id, numerator, denominator. A plain
count has no denominator (None). One module for each area; `ground` is what all of them stand on.
"""

from tests.second_reading import (
    assessment,
    care,
    children_in_need,
    front_door,
    health,
    leaving_care,
    protection,
    workforce,
)
from tests.second_reading.ground import (
    COLUMNS,
    Reading,
    counted,
    figures,
    months_away,
    working_days,
)

AREAS = (
    front_door,
    assessment,
    protection,
    children_in_need,
    care,
    health,
    leaving_care,
    workforce,
)

READINGS: dict[str, Reading] = {
    reading.__name__: reading for area in AREAS for reading in area.READINGS
}

__all__ = ["COLUMNS", "READINGS", "counted", "figures", "months_away", "working_days"]
