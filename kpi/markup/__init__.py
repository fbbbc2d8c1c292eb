"""HTML drawn from cards and what stands behind them. Streamlit only puts it on the page.

ground      pills, tables, alerts and banners; where everything that is not ours is escaped
card        what a card says
indicator   one indicator's months, breakdown, definition and list
comparison  other authorities, and places side by side
said        narratives
scorecard   every indicator in one table
"""

from kpi.markup.card import attention, glance, headline, panels
from kpi.markup.comparison import beside, compared, key
from kpi.markup.ground import SHAPES, alert, banner, crumbs, escape, pill, shape
from kpi.markup.indicator import breakdown, definition, listed, months
from kpi.markup.said import conflict, narrative, saved
from kpi.markup.scorecard import scorecard

__all__ = [
    "SHAPES",
    "alert",
    "attention",
    "banner",
    "beside",
    "breakdown",
    "compared",
    "conflict",
    "crumbs",
    "definition",
    "escape",
    "glance",
    "headline",
    "key",
    "listed",
    "months",
    "narrative",
    "panels",
    "pill",
    "saved",
    "scorecard",
    "shape",
]
