"""Tables as files to take away: the scorecard as a workbook that prints well, and any as a CSV.

Every cell is text, as the page says it: a value keeps its unit, its month and its counts, and no
spreadsheet rounds it again. Numbers to calculate with are printed by python -m kpi figures.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kpi.cards import Card
from kpi.judgement import Rating
from kpi.scorecard import HEADS, STATUS, Scorecard
from kpi.words import safe

A4 = 9  # as Excel numbers papers
CAPTION = 255  # characters that Excel allows above and below a printed page
WIDTHS = (32, 22, 13, 19, 20, 22, 19, 16, 19, 19, 18, 13)  # of HEADS, in characters
TEXT = {"num_format": "@", "text_wrap": True, "valign": "top"}
HEAD = TEXT | {"bold": True, "bg_color": "#E9ECEE", "bottom": 1}
GROUNDS = {
    Rating.MET: {"bg_color": "#E3F2E9", "font_color": "#00502B"},
    Rating.CLOSE: {"bg_color": "#FFF1CC", "font_color": "#6B4100"},
    Rating.MISSED: {"bg_color": "#FBE4E1", "font_color": "#8A1F10"},
    Rating.UNJUDGED: {},
    Rating.UNKNOWN: {},
}
DEFINED = {  # what is said of each indicator on the second sheet, and how wide
    "Code": 13,
    "Title": 48,
    "Counted": 48,
    "Out of": 40,
    "Left out": 40,
    "Which way is better": 18,
    "Target": 24,
    "Whose target": 16,
    "Off target as expected": 40,
    "Source": 48,
    "How the published figures differ": 48,
}


def as_csv(board: Scorecard, *, about: Mapping[str, str]) -> bytes:
    """Return the lines of the scorecard that are shown."""
    return lines_as_csv(
        HEADS, [["; ".join(cell) for cell in line.cells] for line in board.lines], about=about
    )


def lines_as_csv(
    heads: Sequence[str], lines: Iterable[Sequence[str]], *, about: Mapping[str, str]
) -> bytes:
    """Return lines, each with `about` beside it: a file of lines has no second sheet.

    It begins with the mark by which Excel knows UTF-8.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([*heads, *about])
    for line in lines:
        rows.writerow([safe(one) for one in (*line, *about.values())])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(board: Scorecard, *, about: Mapping[str, str]) -> bytes:
    """Return a workbook: the lines shown, then what they are of and how each is defined.

    `about` says at least 'View', 'Shown' and 'Note'; these stand on each printed page.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        head, text, label = (book.add_format(one) for one in (HEAD, TEXT, TEXT | {"bold": True}))
        shown = _sheet(book, "Scorecard", WIDTHS, about)
        _row(shown, 0, HEADS, [head] * len(HEADS))
        grounds = {rating: book.add_format(TEXT | ground) for rating, ground in GROUNDS.items()}
        for number, line in enumerate(board.lines, start=1):
            formats = [text] * len(HEADS)
            formats[STATUS] = grounds[line.card.latest.rating]
            _row(shown, number, ["\n".join(cell) for cell in line.cells], formats)
        shown.freeze_panes(1, 1)
        shown.repeat_rows(0)
        shown.autofilter(0, 0, len(board.lines), len(HEADS) - 1)

        second = _sheet(book, "About and definitions", list(DEFINED.values()), about)
        for number, pair in enumerate(about.items()):
            _row(second, number, pair, [label, text])
        first = len(about) + 1
        _row(second, first, list(DEFINED), [head] * len(DEFINED))
        for number, line in enumerate(board.lines, start=first + 1):
            _row(second, number, _defined(line.card), [text] * len(DEFINED))
    return file.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, widths: Sequence[int], about: Mapping[str, str]
) -> Worksheet:
    """Return a new sheet, set up to be printed on A4 across, as wide as the paper."""
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    sheet.set_header(_caption(f"{name} · {about['View']} · {about['Shown']}"))
    sheet.set_footer(_caption(about["Note"], right="&RPage &P of &N"))
    # Text that happens to be a number is meant to be text.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    return sheet


def _row(sheet: Worksheet, row: int, cells: Sequence[str], formats: Sequence[Format]) -> None:
    for column, (cell, format) in enumerate(zip(cells, formats, strict=True)):
        sheet.write_string(row, column, safe(cell), format)


def _caption(text: str, *, right: str = "") -> str:
    """Return what stands at the head or foot of each printed page, in Excel's codes."""
    left = "&L" + text.replace("&", "&&")
    return shorten(left, CAPTION - len(right), placeholder=" … (see the second sheet)") + right


def _defined(card: Card) -> list[str]:
    indicator, goal = card.indicator, card.latest.target
    whose = [str(goal.source), goal.agreed_by] if goal else []
    expected = [card.expected_said, card.expected.approved_by if card.expected else ""]
    return [
        indicator.code,
        indicator.title,
        indicator.numerator,
        indicator.denominator,
        indicator.exclusions,
        str(indicator.polarity).capitalize(),
        card.target_said,
        "; ".join(part for part in whose if part),
        "; ".join(expected) if card.expected_said else "",
        indicator.source,
        indicator.benchmark_differs,
    ]
