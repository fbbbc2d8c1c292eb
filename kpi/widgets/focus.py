"""Focus: where a reader who has pressed a button goes on, when that button is gone."""

from pathlib import Path

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js")

_move = st.components.v2.component("focus", js=SCRIPT.read_text(encoding="utf-8"))


def go_on(selector: str) -> None:
    """Let the focus be on what `selector` finds, once the page is drawn anew."""
    turn, _ = st.session_state.get("focus", (0, ""))
    st.session_state["focus"] = (turn + 1, selector)


def focus() -> None:
    """Draw what moves the focus; it is not seen."""
    turn, to = st.session_state.get("focus", (0, ""))
    _move(key="focus-mover", data={"turn": turn, "to": to})
