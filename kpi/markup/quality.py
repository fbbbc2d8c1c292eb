"""The quality of narratives: whether it is improving, month by month and by service area."""

from base64 import b64encode
from collections.abc import Callable, Sequence

from kpi import charts, words
from kpi.improvement import Improvement, Measure, Way
from kpi.markup.ground import NUMERIC, TRUSTED, Column, escape, table
from kpi.quality import Counts, Share

ARROWS = {Way.BETTER: "▲", Way.WORSE: "▼", Way.SAME: "=", Way.UNKNOWN: ""}
UNDER_WAY = " <small>under way</small>"
COUNTED = {
    "Required": "A narrative is required where a figure is off or close to its target, has newly "
    "reached it, or can no longer be counted. What nobody had to write is not counted here.",
    "On time": "First submitted on or before its due day. A narrative that was returned and "
    "submitted again is not late for it. Of those submitted, or past their due day.",
    "Approved": "Approved by somebody who did not write it. Of those required.",
    "With an action, owner and date": "With at least one action that has all three. Of those whose "
    "figure is off or close to its target.",
    "Passed their checks": "When last submitted, nothing was left that the checks questioned. A "
    "number from another source, named, passes. Of those submitted.",
}


def improvement(of: Improvement) -> str:
    """Return whether quality is improving: in a sentence, and each measure with its picture."""
    under_way = "".join(
        f'<p class="line">{words.month(month)} is under way and not compared: {counts.due} of '
        f"{words.count(counts.required, 'narrative')} submitted, or past their day.</p>"
        for month, counts in of.under_way
    )
    tiles = "".join(
        f'<section class="measure"><h2>{escape(one.name)}</h2>{_measure(one)}</section>'
        for one in of.measures
    )
    return f'<p class="finding">{escape(of.said)}</p>{under_way}<div class="measures">{tiles}</div>'


def quality_months(of: Improvement) -> str:
    """Return each month's counts as a table, newest first, and all of them together."""
    under_way = {month for month, _ in of.under_way}
    lines = [
        (f"{words.month(month)}{UNDER_WAY if month in under_way else ''}", counts)
        for month, counts in reversed(of.months)
    ]
    if len(lines) > 1:
        lines.append((f"<b>All {len(lines)} months</b>", of.total))
    return _table("Month by month", "Month", lines)


def quality_areas(
    title: str,
    lines: Sequence[tuple[str | None, Counts]],
    total: Counts,
    *,
    here: str | None,
    href: Callable[[str], str],
) -> str:
    """Return the counts by what the narratives are about, with all of them at the end."""
    rows = [
        (_area(area, href(area), here=area == here) if area else "The whole service", counts)
        for area, counts in lines
    ]
    return _table(title, "Narratives about", [*rows, ("<b>Every narrative</b>", total)])


def counted() -> str:
    """Return how each measure is counted."""
    items = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(how)}</dd>" for name, how in COUNTED.items()
    )
    return (
        '<details class="counted"><summary>How these are counted</summary>'
        f'<dl class="definition">{items}</dl><p class="line">Months and service areas are added up '
        "and only then divided: no percentage is a mean of others.</p></details>"
    )


def _measure(one: Measure) -> str:
    """Return where a measure stands, its picture, and where it stood at first."""
    if not one.counted:
        return '<p class="value none">Nothing to count yet</p>'
    (first, then), (last, now) = one.counted[0], one.counted[-1]
    picture = b64encode(charts.shares(one.values).encode()).decode()
    months = ", ".join(f"{month:%B %Y} {share.said}" for month, share in one.counted)
    against = "Nothing earlier to compare with"
    if first != last:
        against = (
            f'<span aria-hidden="true">{ARROWS[one.way]}</span> against {then.said} '
            f"({then.percent}) in {words.month(first)}: <b>{one.way}</b>"
        )
    return (
        f'<p class="value">{now.said} <span class="of">{now.percent} · {words.month(last)}</span>'
        f'</p><img class="spark" alt="{escape(f"{one.name}, month by month: {months}.")}" '
        f'src="data:image/svg+xml;base64,{picture}"><p class="line">{against}</p>'
    )


def _area(area: str, link: str, *, here: bool) -> str:
    current = ' aria-current="true"' if here else ""
    return f'<a href="{escape(link)}" target="_self"{current}>{escape(area)}</a>'


def _table(title: str, first: str, lines: Sequence[tuple[str, Counts]]) -> str:
    every = [counts for _, counts in lines]
    columns: list[Column] = [
        (first, TRUSTED, [head for head, _ in lines]),
        ("Required", NUMERIC, [f"{counts.required:,}" for counts in every]),
    ]
    columns += [
        (name, TRUSTED, [_cell(counts.shares[name]) for counts in every])
        for name in Counts().shares
    ]
    return f'<div class="quality">{table(title, columns)}</div>'


def _cell(share: Share) -> str:
    return f"{share.said} <small>{share.percent}</small>" if share.of else share.said
