"""What a reader has chosen, and how the address says it.

The address always says every choice, so that a copied one is whole; the back button and a link from
elsewhere change the choices through it.
"""

from collections.abc import Callable, Sequence
from urllib.parse import quote_plus, urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

# What a view is made of, in the order in which its address names it.
ADDRESS = ("area", "team", "month", "basis", "organisation", "authority", "as", "id")


def recall_address() -> None:
    """Put what was chosen before into an address that does not say it: one opened by the menu.

    Called before Streamlit names the page in the address, so that both are one step back.
    """
    kept = _chosen()
    missing = {key: kept[key] for key in kept if key not in st.query_params}
    if missing:
        st.query_params.update(missing)


def choose(
    label: str, key: str, options: Sequence[str], *, said: Callable[[str], str] = str
) -> str:
    """Draw the choice among `options`, and return what is chosen."""
    wanted = settle(key, options)
    if st.session_state.get(key) != wanted:
        st.session_state[key] = wanted
    st.selectbox(label, options, key=key, format_func=said, on_change=_pick, args=(key,))
    return wanted


def choose_here(
    label: str, key: str, options: Sequence[str], *, said: Callable[[str], str] = str
) -> str:
    """Draw a choice that this page alone asks for, and return what is chosen.

    This page's address says it, unless it is the first of `options`; no other page's does.
    """
    wanted = st.query_params.get(key, options[0])
    wanted = wanted if wanted in options else options[0]
    if st.session_state.get(key) != wanted:
        st.session_state[key] = wanted
    st.selectbox(
        label, options, key=key, format_func=said, on_change=_say_here, args=(key, options[0])
    )
    return wanted


def type_here(label: str, key: str, *, hint: str) -> str:
    """Draw a box for words that this page alone asks for, and return them.

    This page's address says them; no other page's does.
    """
    wanted = st.query_params.get(key, "")
    if st.session_state.get(key) != wanted:
        st.session_state[key] = wanted
    st.text_input(label, key=key, placeholder=hint, on_change=_say_here, args=(key, ""))
    return wanted


def chosen(key: str, options: Sequence[str]) -> str:
    """Return which of `options` stands, for what is drawn before the choice itself."""
    offered = (st.session_state.get(f"picked {key}"), st.query_params.get(key))
    kept = st.session_state.get(f"chosen {key}")
    return next((one for one in (*offered, kept) if one is not None and one in options), options[0])


def settle(key: str, options: Sequence[str]) -> str:
    """Return which of `options` stands: the one just picked, or what the address says.

    The back button and a link from elsewhere change the choice through the address. A page opened
    without one keeps what was chosen before.
    """
    wanted = chosen(key, options)
    st.session_state.pop(f"picked {key}", None)
    st.session_state[f"chosen {key}"] = wanted
    return wanted


def _pick(key: str) -> None:
    if not _going_back():
        st.session_state[f"picked {key}"] = st.session_state[key]


def _say_here(key: str, unsaid: str) -> None:
    if _going_back():
        return
    if st.session_state[key] == unsaid:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = st.session_state[key]


def _going_back() -> bool:
    """Return whether it is the back button that asks: it says where to in the address alone.

    Pressed twice in a hurry, a browser still sends what its controls said before.
    """
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def _chosen() -> dict[str, str]:
    """Return every choice made so far, by its name in the address."""
    kept = {key: st.session_state.get(f"chosen {key}") for key in ADDRESS}
    return {key: chosen for key, chosen in kept.items() if chosen}


def write_address() -> None:
    """Let the address say every choice, so that a copied one is whole.

    In one go: each change to the address is a step of the browser's back button.
    """
    changed = {key: one for key, one in _chosen().items() if st.query_params.get(key) != one}
    if changed:
        st.query_params.update(changed)


def link(page: str, **changed: str) -> str:
    """Return the address of a page by its path, with this view but for what is `changed`.

    The first page has no path. Its address must not begin with the question mark: a browser would
    take that for the page on which the link stands.
    """
    return f"{page or './'}?{urlencode(address() | changed)}"


def links(page: str, varied: str) -> Callable[[str], str]:
    """Return what makes `link(page, varied=…)` of each value, for a page with many such links.

    What they share is looked up once.
    """
    shared = {key: chosen for key, chosen in address().items() if key != varied}
    begins = f"{page}?{urlencode(shared)}&{varied}="
    return lambda value: begins + quote_plus(value)


def address() -> dict[str, str]:
    """Return what a link to another page must say, so that it shows the same view."""
    release = st.query_params.get("release")
    return _chosen() | ({"release": release} if release else {})
