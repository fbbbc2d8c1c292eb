"""A month's round: how far it has come, and its narratives as a list to work through."""

from collections.abc import Sequence
from datetime import date, datetime

from kpi import words
from kpi.markup.ground import escape, shape
from kpi.needs import Need
from kpi.rounds import Item, Progress
from kpi.signoff import State
from kpi.store import LONDON
from kpi.worklist import Group

HEAD = "narrative"  # the id of the open narrative's heading, where the focus goes


def progress(of: Progress) -> str:
    """Return how far a round has come, in words and as a bar."""
    done, waiting = (
        round(100 * number / of.required) if of.required else 0
        for number in (of.approved, of.submitted)
    )
    more = f'<p class="sub">{escape(of.more)}</p>' if of.more else ""
    if not of.required:
        return f'<div class="progress"><p><b>{escape(of.said)}</b></p>{more}</div>'
    return (
        f'<div class="progress"><p><b>{escape(of.said)}</b></p>'
        '<div class="bar" aria-hidden="true">'
        f'<i class="approved" style="width: {done}%"></i>'
        f'<i class="submitted" style="width: {waiting}%"></i></div>{more}</div>'
    )


def waiting(groups: Sequence[Group], *, decided: str) -> str:
    """Return how many narratives wait, and what has just been decided."""
    number = sum(len(of.items) for of in groups)
    said = words.count(number, "narrative waits", "narratives wait") if number else "Nothing waits"
    return (
        f'<div class="progress"><p><b>{said}</b></p>'
        f'<p class="sub" role="status">{escape(decided)}</p></div>'
    )


def group(of: Group) -> str:
    """Return the head of a group of narratives, with how many there are."""
    kind = of.title.split()[0].lower()
    return (
        f'<h2 class="group {kind}">{escape(of.title)} '
        f'<span class="tally">{len(of.items)}</span></h2>'
    )


def entry(item: Item, beside: Sequence[str], *, chosen: bool) -> str:
    """Return what a list says under a narrative's name; the name too where it is the open one."""
    said = " · ".join(escape(part) for part in beside if part)
    name = escape(item.card.indicator.name)
    head = f'<p class="name" aria-current="true">{name}</p>' if chosen else ""
    return f'{head}<p class="of">{shape(item.card.latest.rating)} <span>{said}</span></p>'


def head(item: Item, today: date, *, reader: str) -> str:
    """Return the head of the open narrative: what it is about, and what is asked of whom."""
    place = item.key.service_area or words.WHOLE_SERVICE
    asked = "Required" if item.need is Need.REQUIRED else "Not required"
    parts = [f"{asked}: {item.why}"]
    if item.due and item.unwritten:
        late = item.overdue(today)
        parts.append(f"{'was due' if late else 'due'} {words.day(item.due)}")
    if item.assignment:
        parts.append(f"author {item.assignment.author}")
        parts.append(f"approver {item.assignment.approver}")
    others = ", ".join(sorted(item.begun - {reader}))
    if others and item.state in (State.NOT_STARTED, State.DRAFT):
        parts.append(f"drafts begun by {others}")
    return (
        f'<h2 id="{HEAD}" class="about" tabindex="-1">{escape(item.card.indicator.title)}</h2>'
        f'<p class="sub">{escape(words.month(item.key.month))} · {escape(place)}</p>'
        f'<p class="line">{escape(" · ".join(parts))}</p>'
    )


def short(when: date | datetime) -> str:
    """Return '13 Dec', for where the year is plain; of a moment, the day in the council."""
    day = when.astimezone(LONDON) if isinstance(when, datetime) else when
    return f"{day.day} {day:%b}"
