"""At a glance: what needs attention, the three headlines, then every indicator by theme."""

from kpi import widgets

widgets.heading("At a glance")
widgets.glance()
