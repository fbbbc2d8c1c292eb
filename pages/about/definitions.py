"""Definitions: what every indicator counts, and why it matters to a child."""

from kpi import widgets

widgets.heading("Definitions")
widgets.definitions()
