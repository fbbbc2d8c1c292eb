"""An Annex A workbook: its lists found among the sheets, and read under their headings.

sql/sources/annex_a/headings.toml says which lists and headings there are, how they may be worded,
and which are needed.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import pyarrow as pa

from kpi import files, relations, spreadsheets
from kpi.errors import ExtractError
from kpi.files import Grid, plain, printable
from kpi.ledger import File, Problem
from kpi.relations import Reading, Relation

HEADINGS_WITHIN = 20  # rows of a sheet in which its headings are looked for
ABOVE_HEADINGS = "above the headings"
LONG_NUMBER = "is a number too long for Excel to keep exactly; format the column as text"


@dataclass(frozen=True, kw_only=True)
class _Heading:
    name: str
    also: tuple[str, ...] = ()
    kind: str = "text"  # 'date', 'held by'
    needed: bool = False
    without: str | None = None  # the table that is not brought when the heading is missing
    gives: tuple[str, ...] = ()

    @property
    def plain(self) -> set[str]:
        return {_wording(name) for name in (self.name, *self.also)}


@dataclass(frozen=True, kw_only=True)
class _List:
    name: str  # 'list_8'
    title: str
    headings: tuple[_Heading, ...]
    unused: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"List {self.name.removeprefix('list_')} ({self.title})"

    @property
    def plain(self) -> set[str]:
        used = chain.from_iterable(heading.plain for heading in self.headings)
        return {*used, *map(_wording, self.unused)}


def read(path: Path) -> Reading:
    """Return the workbook at `path`, with what is wrong with it as a whole."""
    name = printable(path.name)
    kept: tuple[File, ...] = ()
    problems: list[str] = []
    notes: list[str] = []
    found: dict[str, Relation] = {}
    dropped: set[str] = set()
    try:
        data = files.load(path)
        kept = (relations.identified(name, data),)
        sheets = spreadsheets.read(name, data)
        for one, sheet, at in _placed(name, sheets, problems, notes):
            try:
                found[one.name] = _of_list(name, one, sheet, at, notes=notes, dropped=dropped)
            except ExtractError as error:
                problems.append(str(error))
    except ExtractError as error:
        problems.append(str(error))
    return Reading(
        source="annex_a",
        files=kept,
        relations=tuple(found.values()),
        tables=tuple(table for table in relations.tables("annex_a") if table not in dropped)
        if len(found) == len(_lists())
        else (),
        problems=tuple(problems),
        notes=tuple(notes),
    )


@cache
def _lists() -> tuple[_List, ...]:
    said = tomllib.loads(
        (relations.FOLDER / "annex_a" / "headings.toml").read_text(encoding="utf-8")
    )
    return tuple(
        _List(
            name=name,
            title=one["title"],
            headings=tuple(_Heading(**heading) for heading in one["headings"]),
            unused=tuple(one["unused"]),
        )
        for name, one in said.items()
    )


def _likeness(one: _List, row: set[str]) -> float:
    """Return what share of the headings that only this list has are in `row`."""
    elsewhere = set().union(*(other.plain for other in _lists() if other is not one))
    own = [heading.plain for heading in one.headings] + [{_wording(name)} for name in one.unused]
    own = [wordings for wordings in own if not wordings & elsewhere]
    return sum(bool(wordings & row) for wordings in own) / len(own)


def _placed(
    file: str, sheets: list[spreadsheets.Sheet], problems: list[str], notes: list[str]
) -> Iterator[tuple[_List, spreadsheets.Sheet, int]]:
    """Yield each list with its sheet and the row of its headings, counted from 0.

    A sheet is told by its headings where it has at least half of those that are a list's own, and
    otherwise by its name.
    """
    found: dict[str, list[tuple[spreadsheets.Sheet, int]]] = {one.name: [] for one in _lists()}
    unread = []
    for sheet in sheets:
        rows = [{_wording(cell) for cell in row} for row in sheet.cells[:HEADINGS_WITHIN]]
        by_headings = [one for one in _lists() if any(_likeness(one, row) >= 0.5 for row in rows)]
        chosen = by_headings or [one for one in _lists() if _named(sheet.name, one)]
        for one in chosen:
            at = max(range(len(rows)), key=lambda at, one=one: len(one.plain & rows[at]), default=0)
            found[one.name].append((sheet, at))
        if not chosen:
            unread.append(repr(printable(sheet.name)))
    if unread:
        notes.append(f"{file}: sheets that are not needed were left behind: {', '.join(unread)}.")
    for one in _lists():
        places = found[one.name]
        if len(places) == 1:
            yield one, *places[0]
        elif not places:
            problems.append(
                f"{file} has no {one.words}: no sheet has its headings or its name. "
                "Export the workbook with it, even if the list is empty."
            )
        else:
            names = ", ".join(repr(printable(sheet.name)) for sheet, _ in places)
            problems.append(
                f"{file}: the sheets {names} could each be {one.words}. Delete all but one."
            )


def _named(sheet: str, one: _List) -> bool:
    number = re.search(r"(?<![a-z])list[ _-]*0*(\d+)(?!\d)", plain(sheet))
    if number:
        return f"list_{number[1]}" == one.name
    return plain(sheet) == plain(one.title)


def _of_list(
    file: str,
    one: _List,
    sheet: spreadsheets.Sheet,
    at: int,
    *,
    notes: list[str],
    dropped: set[str],
) -> Relation:
    """Return a sheet as its list. Raises ExtractError naming each needed heading that it lacks."""
    head = [_wording(cell) for cell in sheet.cells[at]] if sheet.cells else []
    name = printable(sheet.name)
    where = f"{file}, sheet {name!r}"
    wrong, columns = [], {}
    for heading in one.headings:
        places = [column for column, cell in enumerate(head) if cell in heading.plain]
        if len(places) > 1:
            named = " and ".join(spreadsheets.letters(place + 1) for place in places)
            wrong.append(
                f"{where}, line {at + 1}: columns {named} are both {heading.name!r}. "
                "Take one of them out."
            )
        elif places:
            columns[heading.name] = places[0]
        elif heading.needed:
            spare = [cell for cell in head if cell and cell not in one.plain]
            sought = f"heading {heading.name!r}"
            wrong.append(
                relations.lacking(f"{where}, line {at + 1}", sought, _wording(heading.name), spare)
            )
        elif heading.without:
            dropped.add(heading.without)
            notes.append(
                f"{where}: there is no heading {heading.name!r}, "
                f"so this load does not bring {heading.without}."
            )
        else:
            notes.append(f"{where}: there is no heading {heading.name!r}; taken as blank.")
    if wrong:
        raise ExtractError("\n".join(wrong))
    spare = [
        printable(cell)
        for cell in sheet.cells[at]
        if _wording(cell) and _wording(cell) not in one.plain
    ]
    if spare:
        notes.append(f"{where}: not in {one.words}, and left behind: {', '.join(spare)}.")
    headings = [heading for heading in one.headings if heading.name in columns]
    labels = {
        heading.name: f"{heading.name!r} (column {spreadsheets.letters(columns[heading.name] + 1)})"
        for heading in headings
    }
    grid = _grid(file, sheet, at, places=columns, headings=headings, labels=labels)
    return Relation(
        name=one.name,
        grid=grid,
        columns=relations.columns(grid, [heading.name for heading in one.headings]),
        labels={give: labels[heading.name] for heading in headings for give in heading.gives},
        dates={h.name: labels[h.name] for h in headings if h.kind == "date"},
    )


def _grid(
    file: str,
    sheet: spreadsheets.Sheet,
    at: int,
    *,
    places: dict[str, int],
    headings: list[_Heading],
    labels: dict[str, str],
) -> Grid:
    """Return the rows under the headings, with only the columns that the product reads."""
    faulty_rows = {row for row, _ in sheet.faults}
    filled = [
        line
        for line, row in enumerate(sheet.cells, start=1)
        if line in faulty_rows or any(cell.strip() for cell in row)
    ]
    lines = [line for line in filled if line > at + 1]
    above = [line for line in filled if line <= at]
    last = max(lines, default=at + 1)
    blank = sorted(set(range(at + 2, last)) - set(lines))
    name = printable(sheet.name)
    problems = []
    columns = []
    for heading in headings:
        place = places[heading.name]
        values = [sheet.cells[line - 1][place] for line in lines]
        held_by = heading.kind == "held by"
        if held_by:
            values = ["" if value.strip() == "#N/A" else value for value in values]
        faults: dict[str, list[int]] = {}
        for line, value in zip(lines, values, strict=True):
            fault = sheet.faults.get((line, place + 1))
            if fault and not (held_by and fault == spreadsheets.ERROR):
                faults.setdefault(fault, []).append(line)
            elif re.fullmatch(r"-?\d\.\d{6}e\+\d+", value):
                faults.setdefault(LONG_NUMBER, []).append(line)
        problems += [
            Problem(
                file=file,
                sheet=name,
                unit="line",
                column=labels[heading.name],
                what=what,
                lines=tuple(on),
            )
            for what, on in faults.items()
        ]
        columns.append(pa.array(values, pa.string()))
    skipped = {files.BLANK_ROW: tuple(blank), ABOVE_HEADINGS: tuple(above)}
    return Grid(
        file=file,
        sheet=name,
        unit="line",
        columns=tuple(heading.name for heading in headings),
        values=pa.table(columns, names=[f"c{n}" for n in range(len(columns))]),
        lines=tuple(lines),
        skipped={rule: on for rule, on in skipped.items() if on},
        problems=tuple(problems),
    )


def _wording(heading: str) -> str:
    return plain(heading).rstrip("?:.* ")
