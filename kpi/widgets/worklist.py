"""A worklist on a page: its groups, which narrative of them is open, and the way to the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from kpi import markup, worklist
from kpi.rounds import Item
from kpi.widgets.address import address
from kpi.widgets.focus import go_on
from kpi.widgets.session import kept
from kpi.worklist import Group

ABOUT = "about"  # what the address calls the narrative that is open


@dataclass
class _Last:
    address: dict[str, str] = field(default_factory=dict)
    opened: str = ""


def opened(page: str, groups: Sequence[Group], items: Sequence[Item]) -> Item | None:
    """Return which of `items` is open: the one that the address names, else the first of the list.

    The first stays open at its address when another comes before it, so that whoever submits it
    sees that it is submitted.
    """
    last, address = kept(f"open on {page}", _Last), st.query_params.to_dict()
    named = address.get(ABOUT, last.opened if last.address == address else "")
    listed = [item for group in groups for item in group.items]
    found = next((one for one in items if worklist.slug(one.key) == named), (listed or [None])[0])
    last.address, last.opened = address, worklist.slug(found.key) if found else ""
    return found


def following(groups: Sequence[Group], item: Item) -> None:
    """Draw the way to the next narrative of the list."""
    then = worklist.following(groups, item.key)
    if then:
        name, place = then.card.indicator.name, then.key.service_area
        st.button(
            f"Next: {name}{f', {place}' if place else ''}",
            key="following",
            on_click=open_at,
            args=(then,),
            shortcut="Alt+N",
            wrap=False,
        )


def open_at(item: Item) -> None:
    """Open another narrative of the list, and go on at its head."""
    go_on(f"#{markup.HEAD}")
    st.query_params[ABOUT] = worklist.slug(item.key)


def listed(
    page: str, groups: Sequence[Group], chosen: Item, *, beside: Callable[[Item], Sequence[str]]
) -> None:
    """Draw the list; `beside` says in a few words what is to be known of each narrative."""
    here = address()
    with st.container(key="worklist", gap=None):
        for group in groups:
            st.html(markup.group(group))
            for item in group.items:
                slug = worklist.slug(item.key)
                with st.container(key=f"entry-{slug}", gap=None):
                    if item is chosen:
                        st.html(markup.entry(item, beside(item), chosen=True))
                    else:
                        label, to = item.card.indicator.name, here | {ABOUT: slug}
                        st.page_link(page, label=label, query_params=to)
                        st.html(markup.entry(item, beside(item), chosen=False))
