"""Health of children in care."""

from tests.second_reading.ground import Reading

READINGS: tuple[Reading, ...] = ()
