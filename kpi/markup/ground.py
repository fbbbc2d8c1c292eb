"""HTML that every page is made of. What is not ours is escaped here, and nowhere else."""

from collections.abc import Sequence
from html import escape

from kpi import formatting
from kpi.judgement import SHAPES, Rating

# How a table's column is drawn, and its head, kind and cells.
NUMERIC, TRUSTED = "n", "ours"
Column = tuple[str, str, list[str]]


def pill(rating: Rating) -> str:
    """Return a rating as a shape and words."""
    return (
        f'<span class="pill {rating.name.lower()}">'
        f'<span aria-hidden="true">{SHAPES[rating]}</span> {rating}</span>'
    )


def shape(rating: Rating) -> str:
    """Return a rating as its shape alone, for where there is no room; its words are read aloud."""
    return (
        f'<span class="shape {rating.name.lower()}" title="{rating}">'
        f'<span aria-hidden="true">{SHAPES[rating]}</span>'
        f'<span class="unseen">{rating}: </span></span>'
    )


def table(caption: str, columns: Sequence[Column]) -> str:
    """Return a table. Cells are escaped, but for TRUSTED columns, which are ours already."""
    head = "".join(f'<th scope="col" class="{kind}">{name}</th>' for name, kind, _ in columns)
    rows = []
    for cells in zip(*(column[2] for column in columns), strict=True):
        kinds = (kind for _, kind, _ in columns)
        said = [
            (kind, cell if kind == TRUSTED else escape(cell))
            for kind, cell in zip(kinds, cells, strict=True)
        ]
        rest = "".join(f'<td class="{kind}">{cell}</td>' for kind, cell in said[1:])
        rows.append(f'<tr><th scope="row">{said[0][1]}</th>{rest}</tr>')
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="kpi"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def crumbs(steps: Sequence[tuple[str, str]]) -> str:
    """Return words and links that lead from the top to where the reader is, the last one."""
    *before, (here, _) = steps
    links = "".join(
        f'<li><a href="{escape(link)}" target="_self">{escape(name)}</a></li>'
        for name, link in before
    )
    return (
        f'<nav class="crumbs" aria-label="Where you are"><ol>{links}'
        f'<li aria-current="page">{escape(here)}</li></ol></nav>'
    )


def alert(text: str) -> str:
    """Return something that went wrong, in a box that is read out at once."""
    return f'<div class="alert" role="alert">{_lines(text)}</div>'


def banner(text: str, kind: str) -> str:
    """Return a line across the page; `kind` is 'demonstration', 'local' or 'warning'."""
    return f'<p class="banner {kind}">{escape(text)}</p>'


def typed(text: str) -> str:
    """Return what somebody typed, without characters that no reader sees."""
    return escape(formatting.visible(text))


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
