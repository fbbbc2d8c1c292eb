"""The session: what a callback reads and notes, and is never interrupted at.

At every touch of `st.session_state` Streamlit looks whether the browser has sent something more,
and where it has, a callback ends on the spot. Its button was pressed for nothing, or what it wrote
into the store is never noted and looks like somebody else's. So a callback reads by `held`, and
notes what came of it in an object that the page got from `kept` when it was drawn.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

Kept = TypeVar("Kept")


def held() -> dict[str, Any]:
    """Return everything that the session holds, what stands in every box included."""
    return st.session_state.to_dict()


def kept(name: str, make: Callable[[], Kept]) -> Kept:
    """Return the object that the session keeps under a name, made at the first time."""
    if name not in st.session_state:
        st.session_state[name] = make()
    return st.session_state[name]
