"""Scorecard: every indicator in one table, to be sorted, filtered, printed and taken away."""

from kpi import widgets

widgets.heading("Scorecard")
widgets.scorecard()
