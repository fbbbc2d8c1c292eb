"""The scorecard as one table."""

from collections.abc import Callable

from kpi.benchmarks import ATTRIBUTION
from kpi.cards import Card
from kpi.markup.ground import TRUSTED, escape, pill, table
from kpi.rounds import Progress
from kpi.scorecard import HEADS, STATUS, VALUE, Cell, Scorecard


def scorecard(
    board: Scorecard,
    *,
    view: str,
    round: Progress | None,
    href: Callable[[Card], str],
    to_write: str,
) -> str:
    """Return the scorecard of `view`: how many of how many it shows, why those, and each line.

    `round` is how far the month's narratives have come, to which `to_write` leads.
    """
    body = '<p class="nothing">No indicator fits. Choose another status, or fewer words.</p>'
    if board.lines:
        columns = zip(*(_cells(board, href)), strict=True)
        body = table(
            f"Scorecard, {view}",
            [(head, TRUSTED, list(cells)) for head, cells in zip(HEADS, columns, strict=True)],
        )
    expected = "".join(f"<li>{escape(one)}</li>" for one in board.expected)
    return (
        f'<div class="scorecard"><p class="sub" role="status">{escape(board.said)}</p>'
        f"{_narratives(round, to_write)}{body}"
        f"{f'<ul>{expected}</ul>' if expected else ''}"
        f'<p class="sub">{escape(ATTRIBUTION)}</p></div>'
    )


def _narratives(round: Progress | None, link: str) -> str:
    if round is None:
        return ""
    more = f'. <a href="{escape(link)}" target="_self">{round.more}</a>' if round.more else ""
    return f'<p class="sub narratives">{round.said}{more}</p>'


def _cells(board: Scorecard, href: Callable[[Card], str]) -> list[list[str]]:
    """Return each line as cells in our own markup: its name leads to its page."""
    lines = []
    for line in board.lines:
        (name, *more), *rest = line.cells
        link = f'<a href="{escape(href(line.card))}" target="_self">{escape(name)}</a>'
        cells = [_lines(link, more)]
        for column, (first, *more) in enumerate(rest, start=1):
            said = escape(first)
            if column == VALUE and line.card.latest.value is not None:
                said = f"<b>{said}</b>"
            elif column == STATUS:
                said = pill(line.card.latest.rating)
            cells.append(_lines(said, more))
        lines.append(cells)
    return lines


def _lines(first: str, more: Cell | list[str]) -> str:
    return first + "".join(f'<span class="more">{escape(one)}</span>' for one in more)
