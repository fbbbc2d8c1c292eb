"""Extract files read as text: CSV and Parquet, every row accounted for and no value guessed at."""

import csv
import io
import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kpi.errors import ExtractError
from kpi.ledger import Problem

MOST_BYTES = 250_000_000
MOST_COLUMNS = 300

# What a file is, by its first bytes, whatever its name says.
MAGIC = {
    b"PAR1": "a Parquet file",
    b"PK": "a workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook, or one with a password",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
}
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
BLANK_ROW = "blank"
REPEATED_HEADINGS = "headings again"


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One file or sheet as text: its headings, and its rows with the line that each stands on.

    `columns` are the headings made plain, and `values` has one text column for each, in that
    order. `broken` has, as found, the rows in which it cannot be told which column a value is in;
    in `values` they are blank. `problems` are of
    single rows: anything wrong with the file as a whole was raised.
    """

    file: str
    sheet: str
    unit: str  # 'line' or 'row'
    columns: tuple[str, ...]
    values: pa.Table
    lines: tuple[int, ...]
    skipped: dict[str, tuple[int, ...]] = field(default_factory=dict)
    broken: dict[int, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def rows(self) -> int:
        """Return how many rows the file has, the skipped ones too."""
        return len(self.lines) + sum(len(lines) for lines in self.skipped.values())


def load(path: Path) -> bytes:
    """Return the whole file at once, so that one that changes meanwhile cannot be read half."""
    size = path.stat().st_size
    name = printable(path.name)
    if size == 0:
        raise ExtractError(f"{name} is empty (no bytes at all). Export it again.")
    if size > MOST_BYTES:
        raise ExtractError(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB, so it is no monthly extract. "
            "Check what was exported."
        )
    return path.read_bytes()


def read_csv(name: str, data: bytes) -> Grid:
    """Return the CSV in `data`. Raises ExtractError when it is no CSV or has no usable headings."""
    text = _text(name, data)
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        raise ExtractError(
            f"{name}, line {line}: a quotation mark is not closed, or stands inside a value. "
            "Write a quotation mark within a value twice, and export again."
        ) from None
    headings, first = (rows[0], rows[0:1]) if rows else ([], [])
    columns = _columns(name, headings)
    kept: list[list[str]] = []
    kept_lines: list[int] = []
    blank, repeated, ragged, broken = [], [], {}, {}
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if not any(row) or not any(value.strip() for value in row):
            blank.append(line)
        elif row in first:
            repeated.append(line)
        else:
            if len(row) != len(columns):
                ragged[line] = len(row)
                broken[line] = json.dumps(row, ensure_ascii=False)
                row = [""] * len(columns)
            kept.append(row)
            kept_lines.append(line)
    turned = list(zip(*kept, strict=True)) or [()] * len(columns)
    return Grid(
        file=name,
        sheet="",
        unit="line",
        columns=columns,
        values=_table(turned, len(columns)),
        lines=tuple(kept_lines),
        skipped=_rules({BLANK_ROW: blank, REPEATED_HEADINGS: repeated}),
        broken=broken,
        problems=tuple(_ragged(name, ragged, len(columns))),
    )


def read_parquet(name: str, data: bytes, *, wanted: Collection[str] | None = None) -> Grid:
    """Return the Parquet file in `data`, every column as text.

    Of columns that are not `wanted`, where that is given, only the names are read. Raises
    ExtractError when it is damaged or has a column that has no one reading as text.
    """
    if data[:4] != b"PAR1":
        raise ExtractError(f"{name} is {_kind(data)}, not a Parquet file. {_EXPORT_AGAIN}")
    try:
        file = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
        table = file.read()
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError):
        raise ExtractError(
            f"{name} is damaged or was cut short, and cannot be read. Export it again."
        ) from None
    columns = _columns(name, table.column_names)
    for at, column in enumerate(columns):
        if wanted is not None and column not in wanted:
            nothing = pa.nulls(table.num_rows, pa.string())
            table = table.set_column(at, table.column_names[at], nothing)
    problems = [
        f"{name}, column {column}: {wrong}."
        for column, wrong in ((c, _unsuited(c, table.field(i).type)) for i, c in enumerate(columns))
        if wrong
    ]
    if problems:
        raise ExtractError("\n".join(problems))
    values = pa.table(
        [_as_text(column) for column in table.columns], names=_names(len(columns))
    ).combine_chunks()
    filled = _filled(values)
    numbers = pa.array(range(1, table.num_rows + 1), pa.int64())
    return Grid(
        file=name,
        sheet="",
        unit="row",
        columns=columns,
        values=values.filter(filled),
        lines=tuple(numbers.filter(filled).to_pylist()),
        skipped=_rules({BLANK_ROW: numbers.filter(_do("invert", [filled])).to_pylist()}),
        problems=tuple(_nul(name, columns, values)),
    )


def plain(text: str) -> str:
    """Return a heading as it is compared: small letters, plain spaces, brackets and quotes."""
    text = INVISIBLE.sub("", text).replace("\xa0", " ")
    text = re.sub("[‘’ʼ`´]", "'", text)
    text = re.sub("[“”]", '"', text)
    text = re.sub(r"\)+", ")", text)
    return " ".join(text.split()).casefold()


def printable(name: str) -> str:
    """Return a file's or sheet's name fit to print: on one line and not too long."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in name)
    return shown if len(shown) <= 80 else shown[:77] + "…"


_do = pc.call_function
_EXPORT_AGAIN = "Export it again in the form that its name says."


def _text(name: str, data: bytes) -> str:
    if _kind(data) != "text":
        raise ExtractError(f"{name} is {_kind(data)}, not a CSV file. {_EXPORT_AGAIN}")
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ExtractError(
            f"{name}, line {line}: a letter is not written in UTF-8. "
            "In Excel, save the file as 'CSV UTF-8 (Comma delimited)'."
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ExtractError(
            f"{name}, line {line}: there is a NUL character, which text never has. "
            "The file is damaged or no text: export it again as 'CSV UTF-8 (Comma delimited)'."
        )
    return text


def _kind(data: bytes) -> str:
    """Return what the first bytes say that a file is."""
    for start, kind in MAGIC.items():
        if data.startswith(start):
            return kind
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "a web page" if head.startswith((b"<!doctype html", b"<html")) else "text"


def _columns(name: str, headings: list[str]) -> tuple[str, ...]:
    """Return the headings made plain. Raises ExtractError unless each is there and there once."""
    columns = tuple(plain(heading) for heading in headings)
    if not any(columns):
        raise ExtractError(f"{name}, line 1: there are no headings. They must be the first line.")
    marks = {";": "semicolons", "\t": "tabs", "|": "upright bars"}
    called = next((marks[mark] for mark in marks if mark in headings[0]), "")
    if len(columns) == 1 and called:
        raise ExtractError(
            f"{name}, line 1: values are separated by {called}. "
            "Export it separated by commas, as 'CSV UTF-8 (Comma delimited)'."
        )
    if len(columns) > MOST_COLUMNS:
        raise ExtractError(
            f"{name}, line 1: there are {len(columns):,} columns; an extract has at most "
            f"{MOST_COLUMNS}. Export only the columns that are needed."
        )
    problems = []
    blank = [str(at) for at, column in enumerate(columns, start=1) if not column]
    if blank:
        problems.append(
            f"{name}, line 1: column {', '.join(blank)} has no heading. Name it, or take it out."
        )
    for at, column in enumerate(columns, start=1):
        if column and column in columns[: at - 1]:
            before = columns.index(column) + 1
            problems.append(
                f"{name}, line 1: columns {before} and {at} have the same heading. "
                "Take one of them out."
            )
    if problems:
        raise ExtractError("\n".join(problems))
    return columns


def _ragged(name: str, ragged: dict[int, int], width: int) -> list[Problem]:
    return [
        Problem(
            file=name,
            sheet="",
            unit="line",
            column="",
            what=f"has {found} value{'' if found == 1 else 's'} for {width} headings; "
            "put quotation marks round a value that has a comma in it",
            lines=tuple(line for line, values in ragged.items() if values == found),
        )
        for found in sorted(set(ragged.values()))
    ]


def _unsuited(column: str, kind: pa.DataType) -> str:
    """Return what is wrong with a Parquet column's type, or nothing."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return f"it holds values of type {kind}; write text, dates, numbers or true and false"
    if pa.types.is_timestamp(kind) and kind.tz:
        return "its times have a time zone; write plain dates"
    if pa.types.is_floating(kind) and (column.endswith("_id") or column == "authority"):
        return "it holds numbers with a decimal point, which may have changed an id; write text"
    return ""


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        column = _do("if_else", [_do("is_nan", [column]), pa.scalar(None, column.type), column])
    return column.cast(pa.string())


def _filled(values: pa.Table) -> pa.Array:
    """Return for each row whether it has any value at all."""
    some = pa.array([False] * values.num_rows)
    for column in values.columns:
        there = _do("not_equal", [_do("utf8_trim_whitespace", [column]), pa.scalar("")])
        some = _do("or", [some, _do("coalesce", [there, pa.scalar(False)])])
    return some.combine_chunks() if isinstance(some, pa.ChunkedArray) else some


def _nul(name: str, columns: tuple[str, ...], values: pa.Table) -> list[Problem]:
    found = []
    for column, value in zip(columns, values.columns, strict=True):
        held = _do("match_substring", [value], pc.MatchSubstringOptions("\0"))
        lines = tuple(at for at, here in enumerate(held.to_pylist(), start=1) if here)
        if lines:
            found.append(
                Problem(
                    file=name,
                    sheet="",
                    unit="row",
                    column=column,
                    what="holds a NUL character; take it out",
                    lines=lines,
                )
            )
    return found


def _rules(skipped: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {rule: tuple(lines) for rule, lines in skipped.items() if lines}


def _names(width: int) -> list[str]:
    return [f"c{at}" for at in range(width)]


def _table(columns: list, width: int) -> pa.Table:
    return pa.table([pa.array(column, pa.string()) for column in columns], names=_names(width))
