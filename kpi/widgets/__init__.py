"""The pieces of a page that pages share. The only part of kpi that knows Streamlit.

address         what a reader has chosen, and how the address says it
front_door      the release, who is looking, and where and when
glance          every indicator as a card
indicator       one of them: trend, table, definition, records, breakdown
narrative_box   what was said about it
editor          where an author says it: the boxes, what is promised, save and submit
promised        actions with an owner and a date, and by when it is back on target
slot            one author's box for one narrative, from its first word to its submission
autosave        what is typed, sent at every pause
scorecard       every indicator in one table, and the files of it
service_areas   every indicator in each part of the service
definitions     what every indicator means
"""

from kpi.widgets.address import recall_address
from kpi.widgets.definitions import definitions
from kpi.widgets.front_door import front_door, heading, open_up
from kpi.widgets.glance import glance
from kpi.widgets.indicator import breakdown, choose_indicator, headline, trend
from kpi.widgets.narrative_box import narrative_box
from kpi.widgets.scorecard import scorecard
from kpi.widgets.service_areas import service_areas

__all__ = [
    "breakdown",
    "choose_indicator",
    "definitions",
    "front_door",
    "glance",
    "heading",
    "headline",
    "narrative_box",
    "open_up",
    "recall_address",
    "scorecard",
    "service_areas",
    "trend",
]
