"""Where a narrative stands: its state, who did what when, and what has changed under it."""

from collections.abc import Sequence
from datetime import datetime

from kpi import words
from kpi.markup.ground import escape, typed
from kpi.revisions import Revision
from kpi.signoff import Event, State
from kpi.store import LONDON

# A shape says the state to whoever cannot see its colour.
STATE_SHAPES = {
    State.NOT_STARTED: "○",
    State.DRAFT: "◐",
    State.SUBMITTED: "➜",
    State.RETURNED: "↩",
    State.APPROVED: "✔",
}


def state(of: State) -> str:
    """Return a state as a shape and words."""
    return (
        f'<span class="pill {of.name.lower().replace("_", "-")}">'
        f'<span aria-hidden="true">{STATE_SHAPES[of]}</span> {of}</span>'
    )


def stands(of: State, *parts: str) -> str:
    """Return a state, and beside it who brought it about and when, or until when it is wanted."""
    said = " · ".join(part for part in parts if part)
    return f'<p class="stands">{state(of)} <span>{escape(said)}</span></p>'


def by(event: Event) -> str:
    """Return who did something and when: 'Approved by Helen Marsh, 9 December 2024'."""
    return f"{event.step.capitalize()} by {event.who}, {moment(event.at)}"


def returned(event: Event) -> str:
    """Return who sent the narrative back, and why."""
    lines = "<br>".join(typed(event.reason).splitlines())
    return (
        f'<div class="notice returned"><p><b>Returned by {escape(event.who)}</b>, '
        f"{moment(event.at)}:</p><p>{lines}</p></div>"
    )


def stale(moved: Sequence[str], what_to_do: str = "") -> str:
    """Return what has changed in the figures since the words were written."""
    said = " ".join([*moved, what_to_do]).strip()
    return f'<div class="notice stale"><p>{escape(said)}</p></div>'


def saved(revision: Revision) -> str:
    """Return which revision it is, who saved it and when."""
    return f"Revision {revision.number}, saved by {revision.author}, {moment(revision.saved_at)}"


def moment(at: datetime) -> str:
    """Return '9 December 2024, 14:32', as people in the council have it."""
    local = at.astimezone(LONDON)
    return f"{words.day(local)}, {local:%H:%M}"


def clock(at: datetime) -> str:
    """Return '14:32', as people in the council have it."""
    return f"{at.astimezone(LONDON):%H:%M}"
