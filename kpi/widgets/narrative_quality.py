"""Narrative quality: whether narratives are on time, approved, with actions, and checked."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from kpi import improvement, markup, quality, words
from kpi.errors import KpiError
from kpi.improvement import Improvement
from kpi.quality import Quality
from kpi.widgets.address import links
from kpi.widgets.front_door import View, heading, opened_store, view
from kpi.widgets.glance import narrated

MONTHS = 12
TITLE = "Narrative quality"


def narrative_quality() -> None:
    """Draw the quality of a year's narratives: of a service area in view, or of all."""
    now = view()
    area = now.place.service_area
    months = [month for month in now.release.months if month <= now.month][-MONTHS:]
    span = f"{words.month(months[0])} to {words.month(months[-1])}"
    heading(TITLE, said=f"{span} · {area or f'{words.WHOLE_SERVICE} and each service area'}")
    try:
        counted = _counted(now, months)
    except KpiError as error:
        st.html(markup.alert(str(error)))
        return
    found = improvement.build(counted, months, area)
    if not found.months:
        st.write("No narrative was required here in these months.")
        return
    st.html(markup.improvement(found))
    st.html(markup.quality_months(found))
    _areas(counted, improvement.build(counted, months, None), here=area)
    st.html(markup.counted())


def _areas(counted: Quality, every: Improvement, *, here: str | None) -> None:
    """Draw what the narratives are about: in the last month that is over, and in all of them."""
    to = links("narrative-quality", "area")
    drawn = partial(markup.quality_areas, here=here, href=lambda area: to(area))
    if every.over:
        last = every.over[-1]
        of_month = [(area, counted.at(last, area)) for area in counted.service_areas]
        st.html(
            drawn(
                f"By service area, {words.month(last)}",
                [(area, counts) for area, counts in of_month if counts.required],
                counted.in_month(last),
            )
        )
    span = f"{words.month(every.months[0][0])} to {words.month(every.months[-1][0])}"
    of_all = [(area, counted.of(area)) for area in counted.service_areas]
    st.html(drawn(f"By service area, {span}", of_all, every.total))


def _counted(now: View, months: list[date]) -> Quality:
    """Return the counts, by the cards of the newest month, which hold the months before."""
    newest = replace(now, month=now.release.months[-1])
    return quality.build(
        opened_store(),
        now.release,
        authority=now.place.authority,
        months=months,
        cards_at=lambda place: narrated(newest, place.service_area),
    )
