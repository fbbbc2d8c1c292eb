"""The scorecard's files, read back as a reader's program reads them."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from kpi import workbook
from kpi.scorecard import HEADS, Choice, build
from tests.facts import HIGHER, LOWER, NEITHER, card, target

BANNER = "Demonstration: invented children. No record here is of a real child."
ABOUT = {
    "View": "November 2024 · All Starting Well · In the month",
    "Shown": "3 of 3 indicators · Needs attention first",
    "Figures": "From the extract of November 2024, release 2024-11.1",
    "Made": "5 December 2024, 09:30 UTC",
    "Note": BANNER,
    "Comparisons": "Department for Education",
}
EVIL = replace(HIGHER, short_title='=HYPERLINK("http://evil.test")', source="@SUM(A1)")


@pytest.fixture
def board():
    built = [
        card("70.4", *["80"] * 11, "96.7", targets=(target("90", "80"),)),
        card("19", "20.4", indicator=LOWER, targets=(target("16", "20", indicator=LOWER),)),
        card("1204", "1300", indicator=NEITHER),
    ]
    return build(built, narratives={HIGHER.id: "Approved"}, choice=Choice())


def opened(board, about=ABOUT):
    return openpyxl.load_workbook(io.BytesIO(workbook.as_xlsx(board, about=about)))


def rows(sheet) -> list[list[str]]:
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def as_csv(board, about=ABOUT) -> list[list[str]]:
    text = workbook.as_csv(board, about=about).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_first_sheet_is_the_table_in_its_order_and_words(board):
    head, *lines = rows(opened(board).worksheets[0])
    assert head == list(HEADS)
    assert lines == [["\n".join(cell) for cell in line.cells] for line in board.lines]
    assert [line[0] for line in lines] == [
        "Placed over 20 miles from home\nL07 · Children in care",
        "Assessments within 45 days\nA01 · Assessment",
        "Children on a child protection plan\nP04 · Child protection",
    ]
    assert [line[1].splitlines()[0] for line in lines] == ["20.4%", "96.7%", "1,300"]


def test_every_cell_is_text_that_no_spreadsheet_rounds(board):
    for sheet in opened(board).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.value is None or (cell.data_type, cell.number_format) == ("s", "@")


def test_the_first_sheet_prints_across_the_page_with_its_head_on_each(board):
    sheet = opened(board).worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9  # A4
    assert sheet.page_setup.fitToWidth in (None, 1)  # None: what a program takes it to be
    assert sheet.page_setup.fitToHeight == 0  # as many as it takes
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["A2"].alignment.wrap_text
    assert min(sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKL") > 10
    assert ABOUT["View"] in sheet.oddHeader.left.text
    assert BANNER in sheet.oddFooter.left.text


def test_the_second_sheet_says_what_it_is_of_and_defines_what_is_shown(board):
    second = rows(opened(board).worksheets[1])
    assert [row[:2] for row in second[:6]] == [list(pair) for pair in ABOUT.items()]
    head, *lines = second[7:]
    defined = [dict(zip(head, line, strict=True)) for line in lines]
    assert [one["Code"] for one in defined] == ["L07", "A01", "P04"]
    assessed = defined[1]
    assert assessed["Title"] == "Assessments completed within 45 working days"
    assert assessed["Counted"] == HIGHER.numerator
    assert assessed["Out of"] == HIGHER.denominator
    assert assessed["Left out"] == HIGHER.exclusions
    assert assessed["Which way is better"] == "Higher is better"
    assert assessed["Target"] == "Target 90% or more"
    assert assessed["Whose target"] == "example"
    assert assessed["Source"] == HIGHER.source
    assert assessed["How the published figures differ"] == HIGHER.benchmark_differs
    assert defined[2]["Out of"] == defined[2]["Whose target"] == ""  # a count for context


def test_the_csv_has_the_same_words_and_what_they_are_of_on_every_line(board):
    head, *lines = as_csv(board)
    assert head == [*HEADS, *ABOUT]
    for line, shown in zip(lines, board.lines, strict=True):
        assert line == ["; ".join(cell) for cell in shown.cells] + list(ABOUT.values())


def test_the_csv_begins_with_the_mark_by_which_excel_knows_its_letters(board):
    assert workbook.as_csv(board, about=ABOUT).startswith(b"\xef\xbb\xbfIndicator,Value,")


def test_no_text_is_taken_for_a_formula():
    board = build([card("96.7", indicator=EVIL)], narratives={}, choice=Choice())
    about = ABOUT | {"View": "=1+1", "Shown": "+1 & more"}
    book = opened(board, about)
    name = '\'=HYPERLINK("http://evil.test")\nA01 · Assessment'
    assert book.worksheets[0]["A2"].value == name
    assert as_csv(board, about)[1][0] == name.replace("\n", "; ")
    assert book.worksheets[1]["B1"].value == as_csv(board, about)[1][len(HEADS)] == "'=1+1"
    assert "'@SUM(A1)" in rows(book.worksheets[1])[-1]
    assert all(
        cell.data_type in "sn" for sheet in book for row in sheet.iter_rows() for cell in row
    )
    # An ampersand is a code in what stands above a printed page, unless there are two.
    assert "+1 && more" in book.worksheets[0].oddHeader.left.text


def test_a_note_too_long_for_the_foot_of_a_page_says_where_the_rest_is(board):
    long = "Nothing here is of a real child. " * 20
    book = opened(board, ABOUT | {"Note": long})
    foot = book.worksheets[0].oddFooter
    assert foot.left.text.startswith("Nothing here is of a real child.")
    assert foot.left.text.endswith("… (see the second sheet)")
    assert book.worksheets[1]["B5"].value == long
