"""Indicator: one figure's trend, what is counted, where, what was said about it, and promised."""

import streamlit as st

from kpi import widgets

card = widgets.choose_indicator()
widgets.headline(card)
figures, said = st.columns([1.75, 1], gap="medium")
with figures:
    widgets.trend(card)
with said:
    widgets.promises_due(card)
    widgets.narrative_box(card)
widgets.breakdown(card)
