"""Review: what waits for approval, beside the figures that it is about."""

from kpi import widgets

widgets.heading("Review")
widgets.review()
