"""HTML drawn from cards and what stands behind them. Streamlit only puts it on the page.

ground      pills, tables, alerts and banners; where everything that is not ours is escaped
card        what a card says
indicator   one indicator's months, breakdown and list
comparison  other authorities, and places side by side
standing    where narratives stand
round       a month's round as a list to work through
remarks     what the checks question
redlines    what has changed between two versions
said        narratives
promises    what narratives have promised, and what came of it
quality     whether the quality of narratives is improving
scorecard   every indicator in one table
areas       the indicators by service area
definitions what indicators mean
"""

from kpi.markup.areas import areas, legend
from kpi.markup.card import attention, brief, glance, headline, panels
from kpi.markup.comparison import beside, compared, key
from kpi.markup.definitions import definition, definitions, nothing_found
from kpi.markup.ground import SHAPES, alert, banner, crumbs, escape, pill, shape
from kpi.markup.indicator import breakdown, listed, months
from kpi.markup.promises import asked, promise_counts, promises, promises_due, promises_here
from kpi.markup.quality import counted, improvement, quality_areas, quality_months
from kpi.markup.redlines import redlines
from kpi.markup.remarks import remark, remarks
from kpi.markup.round import HEAD, entry, group, head, progress, short, waiting
from kpi.markup.said import before, conflict, elsewhere, formatted, narrative, versions
from kpi.markup.scorecard import scorecard
from kpi.markup.standing import by, clock, moment, returned, saved, stale, stands, state

__all__ = [
    "HEAD",
    "SHAPES",
    "alert",
    "areas",
    "asked",
    "attention",
    "banner",
    "before",
    "beside",
    "breakdown",
    "brief",
    "by",
    "clock",
    "compared",
    "conflict",
    "counted",
    "crumbs",
    "definition",
    "definitions",
    "elsewhere",
    "entry",
    "escape",
    "formatted",
    "glance",
    "group",
    "head",
    "headline",
    "improvement",
    "key",
    "legend",
    "listed",
    "moment",
    "months",
    "narrative",
    "nothing_found",
    "panels",
    "pill",
    "progress",
    "promise_counts",
    "promises",
    "promises_due",
    "promises_here",
    "quality_areas",
    "quality_months",
    "redlines",
    "remark",
    "remarks",
    "returned",
    "saved",
    "scorecard",
    "shape",
    "short",
    "stale",
    "stands",
    "state",
    "versions",
    "waiting",
]
