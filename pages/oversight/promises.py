"""Promises: what narratives have promised, what falls due, and what came of it."""

from kpi import widgets

widgets.promises()
