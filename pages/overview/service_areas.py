"""Service areas: where in the service each figure stands as it does."""

from kpi import widgets

widgets.heading("Service areas")
widgets.service_areas()
