"""The pieces of a page that pages share. The only part of kpi that knows Streamlit.

address         what a reader has chosen, and how the address says it
front_door      the release, who is looking, and where and when
glance          every indicator as a card
indicator       one of them: trend, table, definition, records, breakdown
chart           its trend as a picture
narrative_box   what was said about it, beside its trend
reading         what was said, and every version of it
editor          where an author says it: the boxes, what is promised, save and submit
promised        actions with an owner and a date, and by when it is back on target
questions       what the checks question, and the author's answers
boxes           what stands in the boxes of one author's narrative
slot            how it is kept, saved and submitted, from its first word on
autosave        what is typed, sent at every pause
worklist        the narratives of a month in groups, and the way from one to the next
desk            what both have beside their lists and their words
write           what there is to write, and one of it open
review          what waits for approval, one of it open, and the decision on it
verdict         what one reviewer does with one version
focus           where a reader goes on when the button that they pressed is gone
scorecard       every indicator in one table, and the files of it
service_areas   every indicator in each part of the service
promises        what narratives have promised, and what came of it
answer          how somebody says what came of it
narrative_quality  whether narratives are on time, approved, with actions, and checked
definitions     what every indicator means
session         what a callback reads and notes, and is never interrupted at
"""

from kpi.widgets.address import recall_address
from kpi.widgets.definitions import definitions
from kpi.widgets.front_door import front_door, heading, open_up
from kpi.widgets.glance import glance
from kpi.widgets.indicator import breakdown, choose_indicator, headline, trend
from kpi.widgets.narrative_box import narrative_box
from kpi.widgets.narrative_quality import narrative_quality
from kpi.widgets.promises import promises, promises_due
from kpi.widgets.review import review
from kpi.widgets.scorecard import scorecard
from kpi.widgets.service_areas import service_areas
from kpi.widgets.write import write

__all__ = [
    "breakdown",
    "choose_indicator",
    "definitions",
    "front_door",
    "glance",
    "heading",
    "headline",
    "narrative_box",
    "narrative_quality",
    "open_up",
    "promises",
    "promises_due",
    "recall_address",
    "review",
    "scorecard",
    "service_areas",
    "trend",
    "write",
]
