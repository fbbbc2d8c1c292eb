"""HTML drawn from cards and what stands behind them. Streamlit only puts it on the page.

ground      pills, tables, alerts and banners; where everything that is not ours is escaped
card        what a card says
indicator   one indicator's months, breakdown and list
comparison  other authorities, and places side by side
standing    where narratives stand
said        narratives
scorecard   every indicator in one table
areas       the indicators by service area
definitions what indicators mean
"""

from kpi.markup.areas import areas, legend
from kpi.markup.card import attention, glance, headline, panels
from kpi.markup.comparison import beside, compared, key
from kpi.markup.definitions import definition, definitions, nothing_found
from kpi.markup.ground import SHAPES, alert, banner, crumbs, escape, pill, shape
from kpi.markup.indicator import breakdown, listed, months
from kpi.markup.said import conflict, formatted, narrative, versions
from kpi.markup.scorecard import scorecard
from kpi.markup.standing import by, clock, moment, returned, saved, stale, stands, state

__all__ = [
    "SHAPES",
    "alert",
    "areas",
    "attention",
    "banner",
    "beside",
    "breakdown",
    "by",
    "clock",
    "compared",
    "conflict",
    "crumbs",
    "definition",
    "definitions",
    "escape",
    "formatted",
    "glance",
    "headline",
    "key",
    "legend",
    "listed",
    "moment",
    "months",
    "narrative",
    "nothing_found",
    "panels",
    "pill",
    "returned",
    "saved",
    "scorecard",
    "shape",
    "stale",
    "stands",
    "state",
    "versions",
]
