"""HTML drawn from cards. Every word that is not ours is escaped here, and nowhere else."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from kpi import charts, words
from kpi.cards import SPARKLINE_MONTHS, Card
from kpi.judgement import Rating
from kpi.narrative import PROMPTS, Revision
from kpi.points import Point, Row
from kpi.records import Records
from kpi.words import Unit

# A shape says the rating to whoever cannot see its colour.
SHAPES = {
    Rating.MET: "✔",
    Rating.CLOSE: "◆",
    Rating.MISSED: "✖",
    Rating.UNJUDGED: "–",
    Rating.UNKNOWN: "?",
}

# How a table's column is drawn, and its head, kind and cells.
NUMERIC, TRUSTED = "n", "ours"
Column = tuple[str, str, list[str]]


def pill(rating: Rating) -> str:
    """Return a rating as a shape and words."""
    return (
        f'<span class="pill {rating.name.lower()}">'
        f'<span aria-hidden="true">{SHAPES[rating]}</span> {rating}</span>'
    )


def value(card: Card) -> str:
    """Return the card's value, large, with its counts, or why there is none."""
    latest = card.latest
    if latest.value is None:
        return f'<p class="value none">{escape(latest.said.capitalize())}</p>'
    return f'<p class="value">{latest.said} <span class="of">{escape(_of(card))}</span></p>'


def change(card: Card) -> str:
    """Return the change on last month in words that know which way is better."""
    means = f": <b>{card.change_means}</b>" if card.change_means else ""
    arrow = f'<span aria-hidden="true">{card.change_arrow}</span> ' if card.change_arrow else ""
    return f'<p class="line change">{arrow}{card.change_said}{means}</p>'


def target(card: Card) -> str:
    """Return what the value should reach, and whose target it is."""
    whose = f" · {card.target_whose}" if card.target_whose else ""
    return f'<p class="line">{escape(card.target_said)}{whose}</p>'


def glance(card: Card, *, written: bool) -> str:
    """Return the body of a card, in the order in which it should be read aloud."""
    picture = b64encode(charts.sparkline(card).encode()).decode()
    words_of_it = f"{SPARKLINE_MONTHS} months to {words.month(card.month)}. {card.finding}."
    said = "Narrative written" if written else "No narrative yet"
    return (
        '<div class="card">'
        f"{value(card)}{pill(card.latest.rating)}{target(card)}{change(card)}"
        f'<img class="spark" alt="{escape(words_of_it)}" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f'<p class="foot"><span>{said}</span>'
        '<span class="open" aria-hidden="true">Open ›</span></p>'
        "</div>"
    )


def headline(card: Card) -> str:
    """Return the head of an indicator's page: value, rating, target and change."""
    return (
        f'<div class="headline">{value(card)}{pill(card.latest.rating)}'
        f"{target(card)}{change(card)}</div>"
    )


def months(card: Card) -> str:
    """Return the card's months as a table, newest first."""
    points = list(reversed(card.series))
    columns = [
        ("Month", "", [words.month(point.month) for point in points]),
        ("Value", NUMERIC, [point.said for point in points]),
        ("Counts", NUMERIC, [point.of for point in points]),
        ("Target", NUMERIC, [_target(card, point) for point in points]),
        ("Status", TRUSTED, [pill(point.rating) for point in points]),
    ]
    return _table(f"{card.indicator.title}, by month", _worth_showing(card, columns))


def breakdown(card: Card, rows: Sequence[Row]) -> str:
    """Return the whole service, its service areas and their teams as a table."""
    columns = [
        ("Service area and team", TRUSTED, [_place(row) for row in rows]),
        ("Value", NUMERIC, [row.point.said for row in rows]),
        ("Counts", NUMERIC, [row.point.of for row in rows]),
        ("Status", TRUSTED, [pill(row.point.rating) for row in rows]),
    ]
    return _table(f"{card.indicator.title}, {card.when}", _worth_showing(card, columns))


def definition(card: Card) -> str:
    """Return what is counted, for whom it matters, its source and its owner."""
    indicator = card.indicator
    pairs = [
        ("The question", indicator.question),
        ("Why it matters to a child", indicator.why_it_matters),
        ("Counted", indicator.numerator),
        ("Out of", indicator.denominator),
        ("Left out", indicator.exclusions),
        ("Read with care", indicator.caveats),
        ("Which way is better", str(indicator.polarity).capitalize()),
        ("Team", f"The team of the {indicator.role} or of the record, as it was then"),
        ("Where the figures come from", " ".join(card.notes)),
        ("Source", indicator.source),
        ("Owner", indicator.owner),
        ("Last reviewed", words.day(indicator.reviewed)),
        ("Code", indicator.code),
    ]
    lines = "".join(f"<dt>{term}</dt><dd>{escape(text)}</dd>" for term, text in pairs if text)
    return f'<dl class="definition">{lines}</dl>'


def listed(records: Records) -> str:
    """Return the list behind a figure as a table."""
    heads = [name.replace("_", " ").capitalize() for name in records.columns]
    columns = zip(*records.rows, strict=True) if records.rows else [()] * len(heads)
    return _table(
        "The records counted",
        [(head, "", list(cells)) for head, cells in zip(heads, columns, strict=True)],
    )


def narrative(revision: Revision) -> str:
    """Return a narrative as it was typed, line for line, and who saved it."""
    return f'{_parts(revision)}<p class="sub">{escape(saved(revision))}</p>'


def conflict(theirs: Revision) -> str:
    """Return what another author saved while the reader was writing."""
    return (
        '<div class="alert" role="alert"><p><b>Not saved:</b> somebody else saved while you were '
        "writing. Their words are here and yours are in the boxes below. Nothing is lost. Put what "
        f"should stand into the boxes.</p>{_parts(theirs)}<p>{escape(saved(theirs))}</p></div>"
    )


def saved(revision: Revision) -> str:
    """Return which revision it is, who saved it and when."""
    when = f"{words.day(revision.saved_at)}, {revision.saved_at:%H:%M} UTC"
    return f"Revision {revision.number}, saved by {revision.author}, {when}"


def _parts(revision: Revision) -> str:
    return "".join(
        f'<div class="said"><h4>{escape(prompt.heading)}</h4>'
        f"<p>{escape(revision.texts[prompt.id]) or '–'}</p></div>"
        for prompt in PROMPTS
    )


def attention(cards: Sequence[Card], *, written: int) -> str:
    """Return what needs attention first, and how many stand where."""
    lines = [
        f"<li><b>{escape(card.indicator.name)}</b> is {rating.lower()}: {card.latest.said}, "
        f"{card.target_said.lower()}. {card.change_said}"
        f"{f': {card.change_means}' if card.change_means else ''}.</li>"
        for rating in (Rating.MISSED, Rating.CLOSE)
        for card in cards
        if card.latest.rating is rating
    ]
    met = any(card.latest.rating is Rating.MET for card in cards)
    nothing = "Every target is met." if met else "No figure here has a target to be judged by."
    body = f"<ul>{''.join(lines)}</ul>" if lines else f"<p>{nothing}</p>"
    tally = "".join(
        f"<li>{pill(rating)} {words.count(number, 'indicator')}</li>"
        for rating in Rating
        if (number := sum(card.latest.rating is rating for card in cards))
    )
    return (
        '<div class="attention"><div><h2>Needs attention</h2>'
        f'{body}</div><div><h2>Where we stand</h2><ul class="tally">{tally}'
        f"<li><b>Narratives</b> {written} of {len(cards)} written</li></ul></div></div>"
    )


def alert(text: str) -> str:
    """Return something that went wrong, in a box that is read out at once."""
    return f'<div class="alert" role="alert">{_lines(text)}</div>'


def banner(text: str, kind: str) -> str:
    """Return a line across the page; `kind` is 'demonstration', 'local' or 'warning'."""
    return f'<p class="banner {kind}">{escape(text)}</p>'


def _of(card: Card) -> str:
    return card.latest.of or card.when


def _target(card: Card, point: Point) -> str:
    if point.target is None:
        return "–"
    unit = "%" if card.indicator.unit is Unit.PERCENT else ""
    return f"{words.number(point.target.target)}{unit}"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def _place(row: Row) -> str:
    name = escape(row.place.team or row.place.service_area or words.WHOLE_SERVICE)
    return f'<span class="team">{name}</span>' if row.place.team else f"<b>{name}</b>"


def _worth_showing(card: Card, columns: list[Column]) -> list[Column]:
    """Return the columns without counts for a plain count, and status where there is no target."""
    idle = set()
    if not card.indicator.denominator:
        idle.add("Counts")
    if not any(point.target for point in card.series):
        idle |= {"Target", "Status"}
    return [column for column in columns if column[0] not in idle]


def _table(caption: str, columns: Sequence[Column]) -> str:
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
