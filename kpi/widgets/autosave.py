"""Autosave: what is typed is sent at every pause, so that a closed browser loses nothing.

Streamlit itself sends a box's words when the box is left. A small script in the browser commits
those of every box in a container of this kind while they are typed, with the caret where it is.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

SCRIPT = Path(__file__).with_suffix(".js")

_watch = st.components.v2.component("autosave", js=SCRIPT.read_text(encoding="utf-8"))


def autosaved(*, again: Callable[[], None], failed: int) -> DeltaGenerator:
    """Return a container whose boxes are kept while they are typed in.

    As long as keeping has `failed`, so many times by now, the browser asks for it `again`.
    """
    inside = st.container(key="autosaved")
    with inside:
        _watch(key="autosave", data={"failed": failed}, on_again_change=again)
    return inside
