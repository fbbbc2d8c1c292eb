"""Where extracts come from: each source's files, found and read as text under their own names.

A source is a folder of sql/sources. `contract` is a folder of CSV or Parquet files that are in the
contract's words already; `annex_a` is a workbook of Ofsted's Annex A lists. Each file or list
becomes a relation that the source's SQL puts into the contract's words.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import chain
from pathlib import Path

import pyarrow as pa

from kpi import files, lake, settings, spreadsheets
from kpi.errors import ExtractError, did_you_mean
from kpi.files import Grid, plain, printable
from kpi.ledger import File, Problem

FOLDER = settings.ROOT / "sql" / "sources"
WINDOW_MONTHS = 6  # an Annex A workbook looks six months back
HEADINGS_WITHIN = 20  # rows of a sheet in which its headings are looked for
ABOVE_HEADINGS = "above the headings"
LONG_NUMBER = "is a number too long for Excel to keep exactly; format the column as text"


@dataclass(frozen=True, kw_only=True)
class Carries:
    """The months for which a source can carry an indicator, and what a reader should know."""

    window: bool  # each of the six months up to the extract month; else that month alone
    note: str | None

    def reaches(self, month: date, extract_month: date) -> bool:
        """Return whether a load of `extract_month` carries the indicator for `month`."""
        back = (extract_month.year - month.year) * 12 + extract_month.month - month.month
        return 0 <= back < (WINDOW_MONTHS if self.window else 1)


@dataclass(frozen=True, kw_only=True)
class Relation:
    """One file or sheet, under the name and with the columns that its source's SQL knows."""

    name: str
    grid: Grid
    columns: pa.Table  # text, and _file, _sheet and _line
    labels: dict[str, str]  # what 'table.column' of the contract is called in the file
    dates: dict[str, str] = field(default_factory=dict)  # columns that are all dates, likewise


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An extract as read. `problems` are of whole files; those of rows lie in the grids."""

    source: str
    files: tuple[File, ...]
    relations: tuple[Relation, ...]
    tables: tuple[str, ...]  # that the relations bring
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def carries(source: str) -> dict[str, Carries] | None:
    """Return what `source` can carry, by indicator; None when it carries every indicator."""
    path = FOLDER / source / "carries.toml"
    if not path.exists():
        return None
    return {
        indicator: Carries(window=said["months"] == "window", note=said.get("note"))
        for indicator, said in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def select(source: str, table: str) -> str:
    """Return the SELECT that puts `source` into the words of `table`'s contract."""
    return (FOLDER / source / f"{table}.sql").read_text(encoding="utf-8")


def tables(source: str) -> tuple[str, ...]:
    """Return the tables that `source` can bring."""
    return tuple(sorted(path.stem for path in (FOLDER / source).glob("*.sql")))


def definitions(source: str) -> str:
    """Return the SHA-256 of every file that decides how an extract of `source` is understood."""
    read = [
        *sorted((settings.ROOT / "sql" / "tables").glob("*.sql")),
        *sorted((FOLDER / source).iterdir()),
    ]
    if any("join teams" in select(source, table) for table in tables(source)):
        read.append(settings.reference() / "teams.csv")
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in read)).hexdigest()


def read(path: Path) -> Reading:
    """Return the extract at `path`: a folder, one of its files, or an Annex A workbook.

    Raises ExtractError when there is nothing there to read.
    """
    if not path.exists():
        raise ExtractError(f"There is no file or folder {path}. Check how it is written.")
    if path.is_file() and path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".xlsb"):
        return _annex_a(path)
    found = sorted(path.iterdir()) if path.is_dir() else [path]
    return _contract(path, [one for one in found if one.is_file()])


def _contract(path: Path, found: list[Path]) -> Reading:
    kept: list[File] = []
    problems: list[str] = []
    notes: list[str] = []
    relations: dict[str, Relation] = {}
    for file in found:
        name, table, suffix = printable(file.name), file.stem.lower(), file.suffix.lower()
        if suffix not in (".csv", ".parquet") and path.is_dir() and suffix != ".xlsx":
            if not file.name.startswith("."):
                notes.append(f"{name} is neither CSV nor Parquet, and was left behind.")
            continue
        try:
            if suffix not in (".csv", ".parquet"):
                raise ExtractError(
                    f"{name} cannot be loaded so. Load a folder of .csv or .parquet files named "
                    "after their tables, one such file, or an Annex A workbook (.xlsx) by itself."
                )
            if table in lake.tables() and table not in tables("contract"):
                notes.append(f"{name} was left behind: {table} are kept in data/reference.")
                continue
            if table not in tables("contract"):
                raise ExtractError(
                    f"{name} is not named after a table.{did_you_mean(table, tables('contract'))} "
                    "Rename it, or take it out."
                )
            if table in relations:
                raise ExtractError(
                    f"{name}: there is another file of {table} in the folder. Take one out."
                )
            data = files.load(file)
            kept.append(_file(name, data))
            reader = files.read_csv if suffix == ".csv" else files.read_parquet
            relations[table] = _of_contract(table, reader(name, data), notes)
        except ExtractError as error:
            problems.append(str(error))
    if not relations and not problems:
        raise ExtractError(
            f"{path} holds no table. It should hold files such as assessments.csv; the tables are "
            f"{', '.join(tables('contract'))}."
        )
    return Reading(
        source="contract",
        files=tuple(kept),
        relations=tuple(relations.values()),
        tables=tuple(relations),
        problems=tuple(problems),
        notes=tuple(notes),
    )


def _of_contract(table: str, grid: Grid, notes: list[str]) -> Relation:
    """Return a file of `table`. Raises ExtractError naming every needed column that it lacks."""
    contract = lake.tables()[table]
    names = [column.name for column in contract.columns]
    lacking = [
        column.name
        for column in contract.columns
        if column.name not in grid.columns and not column.optional and column.name != "authority"
    ]
    spare = [column for column in grid.columns if column not in names]
    where = f"{grid.file}, {grid.unit} 1" if grid.unit == "line" else grid.file
    if lacking:
        problems = [_lacking(where, f"column {name}", name, spare) for name in lacking]
        if grid.unit == "line":
            problems[-1] += " The headings must be the first line of the file."
        raise ExtractError("\n".join(problems))
    if spare:
        listed = ", ".join(printable(column) for column in spare)
        notes.append(f"{grid.file}: not in the contract, and left behind: {listed}.")
    optional = [c.name for c in contract.columns if c.optional and c.name not in grid.columns]
    if optional:
        notes.append(f"{grid.file}: there is no {', '.join(optional)}; taken as blank.")
    return Relation(name=table, grid=grid, columns=_columns(grid, names), labels={})


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


@cache
def _lists() -> tuple[_List, ...]:
    said = tomllib.loads((FOLDER / "annex_a" / "headings.toml").read_text(encoding="utf-8"))
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


def _annex_a(path: Path) -> Reading:
    name = printable(path.name)
    kept: tuple[File, ...] = ()
    problems: list[str] = []
    notes: list[str] = []
    relations: dict[str, Relation] = {}
    dropped: set[str] = set()
    try:
        data = files.load(path)
        kept = (_file(name, data),)
        sheets = spreadsheets.read(name, data)
        for one, sheet, at in _placed(name, sheets, problems, notes):
            try:
                relations[one.name] = _of_list(name, one, sheet, at, notes=notes, dropped=dropped)
            except ExtractError as error:
                problems.append(str(error))
    except ExtractError as error:
        problems.append(str(error))
    return Reading(
        source="annex_a",
        files=kept,
        relations=tuple(relations.values()),
        tables=tuple(table for table in tables("annex_a") if table not in dropped)
        if len(relations) == len(_lists())
        else (),
        problems=tuple(problems),
        notes=tuple(notes),
    )


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
            wrong.append(_lacking(f"{where}, line {at + 1}", sought, _wording(heading.name), spare))
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
        columns=_columns(grid, [heading.name for heading in one.headings]),
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


def _columns(grid: Grid, names: Iterable[str]) -> pa.Table:
    """Return the grid's rows with the columns `names`, blank where it has none of that name."""
    nothing = pa.nulls(len(grid.lines), pa.string())
    place = {column: grid.values.column(at) for at, column in enumerate(grid.columns)}
    here = [place.get(name, nothing) for name in names]
    return pa.table(
        [
            *here,
            pa.array([grid.file] * len(grid.lines), pa.string()),
            pa.array([grid.sheet] * len(grid.lines), pa.string()),
            pa.array(grid.lines, pa.int64()),
        ],
        names=[*names, "_file", "_sheet", "_line"],
    )


def _lacking(where: str, sought: str, name: str, spare: list[str]) -> str:
    """Return that a column is missing, with the heading that may be it; other headings unnamed."""
    near = get_close_matches(name, spare, n=1, cutoff=0.75)
    hint = f" Is it the one headed {printable(near[0])!r}? Then rename that." if near else ""
    return f"{where}: there is no {sought}.{hint or ' Add it.'}"


def _wording(heading: str) -> str:
    return plain(heading).rstrip("?:.* ")


def _file(name: str, data: bytes) -> File:
    return File(name=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
