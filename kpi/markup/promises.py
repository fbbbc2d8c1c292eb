"""Promises: how many came to what, the list of them, and those of one figure."""

from collections.abc import Callable, Sequence

from kpi import words
from kpi.markup.ground import escape, typed
from kpi.promise_ledger import Promise
from kpi.promise_list import SOON_DAYS, Group, Line, PromiseList
from kpi.promises import Outcome

# A shape says what came of a promise to whoever cannot see its colour.
OUTCOME_SHAPES = {Outcome.KEPT: "✔", Outcome.MISSED: "✖", Outcome.MOVED: "➜", Outcome.OPEN: "○"}
MOST_DUE = 2  # beside a narrative, which is what is read there
COLUMNS = ("Promise", "About", "Owner", "Due", "State", "Promised in")

Href = Callable[[Promise], str]  # where a promise's figure stands, or its narrative


def outcome(of: Outcome) -> str:
    """Return what came of a promise as a shape and a word."""
    return (
        f'<span class="pill {of}"><span aria-hidden="true">{OUTCOME_SHAPES[of]}</span> '
        f"{of.capitalize()}</span>"
    )


def promise_counts(of: PromiseList) -> str:
    """Return how many promises came to what, of all in view, whatever is shown below."""
    more = {
        Outcome.MISSED: f"{of.overdue} of them not answered yet" if of.overdue else "",
        Outcome.OPEN: f"{of.soon} due in the next {SOON_DAYS} days" if of.soon else "",
    }
    items = "".join(
        f"<li>{outcome(one)} <b>{getattr(of.tally, one):,}</b> "
        f"<span>{more.get(one, '')}</span></li>"
        for one in OUTCOME_SHAPES
    )
    return (
        f'<p class="finding">{escape(of.tally.said)}.</p>'
        f'<ul class="outcomes" aria-label="How many came to what">{items}</ul>'
    )


def promises(of: PromiseList, shown: int, *, figure: Href, narrative: Href, may: bool) -> str:
    """Return the list as a table in its groups, of what has ended no more than `shown`.

    `may` says whether the reader may answer: then what waits for an answer has a button.
    """
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    bodies = "".join(
        _group(group, lines, shown, lambda line: _row(line, figure, narrative, may=may))
        for group, lines in of.groups.items()
    )
    table = f"<thead><tr>{head}</tr></thead>{bodies}</table>"
    if not of.lines:
        nothing = "No promise fits. Choose others, or fewer words."
        table = f'<p class="nothing">{nothing if of.every else _none()}</p>'
    else:
        table = (
            f'<table class="kpi ledger"><caption class="unseen">Promises as they stand on '
            f"{words.day(of.day)}</caption>{table}"
        )
    return f'<div class="promises"><p class="sub" role="status">{escape(of.said)}</p>{table}</div>'


def promises_here(of: PromiseList, *, narrative: Href, may: bool) -> str:
    """Return the promises of one figure as a list."""
    if not of.lines:
        return f"<p>{_none()}</p>"
    items = "".join(_item(line, narrative, may=may) for line in of.lines)
    return f'<ul class="promised-here">{items}</ul>'


def promises_due(of: PromiseList, link: str) -> str:
    """Return what is overdue or falls due soon of one figure, to stand beside its narrative.

    Nothing where nothing does; `link` leads to all that is promised of the figure.
    """
    lines = [line for line in of.lines if line.group in (Group.OVERDUE, Group.SOON)]
    if not lines:
        return ""
    items = "".join(
        f"<li><b>{isolated(line.promise.what)}</b>, by {line.due}{_whose(line)}</li>"
        for line in lines[:MOST_DUE]
    )
    more = len(lines) - MOST_DUE
    said = f"and {more} more" if more > 0 else "All of this figure"
    kind = "overdue" if of.overdue else "soon"
    return (
        f'<div class="notice due {kind}"><p><b>{_due_said(of)}</b></p><ul>{items}'
        f'<li><a href="{escape(link)}" target="_self">{said}, in Promises</a></li></ul></div>'
    )


def asked(line: Line) -> str:
    """Return the promise that somebody is about to answer."""
    return (
        f'<p class="line"><b>{isolated(line.promise.what)}</b></p>'
        f'<p class="sub">{escape(line.about)} · {escape(line.place)}<br>'
        f"{isolated(line.promise.owner)}, by {line.due}</p>"
    )


def isolated(text: str) -> str:
    """Return a line that somebody typed, so that it turns nothing around it."""
    return f"<bdi>{typed(text)}</bdi>"


def _group(group: Group, lines: Sequence[Line], shown: int, row: Callable[[Line], str]) -> str:
    first = lines[:shown] if group is Group.ENDED else lines
    rows = "".join(map(row, first))
    if left := len(lines) - len(first):
        rows += (
            f'<tr class="more"><td colspan="{len(COLUMNS)}">and {left:,} more that ended before: '
            "choose by words, or take the file.</td></tr>"
        )
    means = f" <small>{group.means}</small>" if group.means else ""
    return (
        f'<tbody class="{group.name.lower()}"><tr><th scope="rowgroup" colspan="{len(COLUMNS)}">'
        f"{group} <span>({len(lines):,})</span>{means}</th></tr>{rows}</tbody>"
    )


def _row(line: Line, figure: Href, narrative: Href, *, may: bool) -> str:
    one = line.promise
    about = line.about
    if line.indicator:
        about = f'<a href="{escape(figure(one))}" target="_self">{escape(about)}</a>'
    cells = (
        f"{about}<small>{escape(line.place)}</small>",
        isolated(one.owner) if one.owner else "–",
        line.due,
        f"{outcome(one.outcome)} {_button(line, may=may)}<small>{isolated(one.came)}</small>",
        f"{_month(line, narrative)}<small>{_by(one)}</small>",
    )
    said = "".join(
        f'<td><span class="label">{name}</span><div>{cell}</div></td>'
        for name, cell in zip(COLUMNS[1:], cells, strict=True)
    )
    return f'<tr><th scope="row"><div>{isolated(one.what)}{_moves(line)}</div></th>{said}</tr>'


def _item(line: Line, narrative: Href, *, may: bool) -> str:
    one = line.promise
    whose = f"{isolated(one.owner)}, by" if one.owner else "By"
    return (
        f"<li>{outcome(one.outcome)}<div><p><b>{isolated(one.what)}</b></p>"
        f"<p>{whose} {line.due}. {isolated(one.came)}.</p>"
        f'<p class="of">Narrative of {_month(line, narrative)}, {_by(one)}</p>'
        f"{_moves(line)}{_button(line, may=may)}</div></li>"
    )


def _month(line: Line, narrative: Href) -> str:
    said = words.month(line.promise.key.month)
    if line.indicator is None:
        return said
    return f'<a href="{escape(narrative(line.promise))}" target="_self">{said}</a>'


def _by(one: Promise) -> str:
    approved = f", approved by {isolated(one.approved_by)}" if one.approved_by else ""
    return f"by {isolated(one.made_by)}{approved}"


def _moves(line: Line) -> str:
    items = "".join(f"<li>{isolated(said)}</li>" for said in line.moves)
    return f'<ul class="moves">{items}</ul>' if items else ""


def _button(line: Line, *, may: bool) -> str:
    """Return a button to answer; which promise it is about is read out with it."""
    one = line.promise
    if not (may and one.waits):
        return ""
    said = typed(f"Answer: {one.what}, {line.about}, due {line.due}")
    return (
        f'<button type="button" class="answer" data-promise="{one.id}" aria-haspopup="dialog" '
        f'aria-label="{said}">Answer</button>'
    )


def _whose(line: Line) -> str:
    return f" ({isolated(line.promise.owner)})" if line.promise.owner else ""


def _due_said(of: PromiseList) -> str:
    overdue, soon = words.count(of.overdue, "promise"), words.count(of.soon, "promise")
    if of.overdue and of.soon:
        return f"{overdue} overdue, {of.soon} due in the next {SOON_DAYS} days"
    return f"{overdue} overdue" if of.overdue else f"{soon} due in the next {SOON_DAYS} days"


def _none() -> str:
    return (
        "No narrative has promised anything here yet. An approved narrative does, by an action "
        "with an owner and a date, or by a month in which the figure is back on target."
    )
