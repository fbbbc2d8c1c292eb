"""Write: what there is to say about the month, with the figure in view while it is said."""

from kpi import widgets

widgets.heading("Write")
widgets.write()
