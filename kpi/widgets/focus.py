"""Focus: where a reader who has pressed a button goes on, when that button is gone."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from kpi.widgets.session import held, kept

SCRIPT = Path(__file__).with_suffix(".js")

_move = st.components.v2.component("focus", js=SCRIPT.read_text(encoding="utf-8"))


@dataclass
class _Focus:
    turn: int = 0
    to: str = ""


def go_on(selector: str) -> None:
    """Let the focus be on what `selector` finds, once the page is drawn anew."""
    focus = held()["focus"]
    focus.turn, focus.to = focus.turn + 1, selector


def focus() -> None:
    """Draw what moves the focus; it is not seen."""
    focus = kept("focus", _Focus)
    _move(key="focus-mover", data={"turn": focus.turn, "to": focus.to})
