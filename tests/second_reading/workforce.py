"""Workforce: caseloads, posts and the people in them."""

from tests.second_reading.ground import Reading

READINGS: tuple[Reading, ...] = ()
