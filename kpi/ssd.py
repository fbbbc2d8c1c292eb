"""A folder of the Standard Safeguarding Dataset: its files told by name, each table read as text.

sql/sources/ssd/columns.toml says which tables and columns the product reads. No other column is
taken in: the dataset has children's names and addresses, which nothing here needs.
"""

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from kpi import files, relations
from kpi.errors import ExtractError, did_you_mean
from kpi.files import Grid, printable
from kpi.ledger import File
from kpi.relations import Reading, Relation

SSD = "ssd"
NULL = "NULL"  # what SQL Server's tools write into a CSV file for a blank


@dataclass(frozen=True, kw_only=True)
class _Table:
    columns: dict[str, list[str]]  # with the columns of the contract that are read from each
    also: dict[str, list[str]] = field(default_factory=dict)
    without: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """Return the names of its columns, in any version of the dataset."""
        return {*self.columns, *chain.from_iterable(self.also.values())}


def is_of(file: Path) -> bool:
    """Return whether a file's name is that of a table of the dataset."""
    return file.stem.lower().startswith("ssd_")


def read(found: list[Path]) -> Reading:
    """Return the files `found` of a folder, with what is wrong with each as a whole."""
    kept: list[File] = []
    problems: list[str] = []
    notes: list[str] = []
    brought: dict[str, Relation] = {}
    dropped: set[str] = set()
    tables, unread = _said()
    present = {file.stem.lower() for file in found}
    behind = [printable(file.name) for file in found if file.stem.lower() in unread]
    if behind:
        notes.append(f"Nothing is read from {', '.join(behind)}; left behind unopened.")
    for file in found:
        name, table, suffix = printable(file.name), file.stem.lower(), file.suffix.lower()
        if file.name.startswith(".") or table in unread:
            continue
        try:
            if table not in tables:
                raise ExtractError(_stray(name, table, [*tables, *unread]))
            if suffix not in (".csv", ".parquet"):
                raise ExtractError(f"{name} is neither CSV nor Parquet. Export it as one of them.")
            if table in brought:
                raise ExtractError(f"{name}: there is another file of {table}. Take one out.")
            data = files.load(file)
            kept.append(relations.identified(name, data))
            said = tables[table]
            if suffix == ".csv":
                grid = files.read_csv(name, data)
            else:
                grid = files.read_parquet(name, data, wanted=said.names)
            brought[table] = _relation(table, said, grid, notes=notes, dropped=dropped)
        except ExtractError as error:
            problems.append(str(error))
    bring = [table for table in relations.tables(SSD) if table not in dropped]
    for table in bring:
        lacking = sorted(_reads(table) - present)
        if lacking and len(lacking) < len(_reads(table)):
            notes.append(f"There is no {', '.join(lacking)}, so this load does not bring {table}.")
    bring = [table for table in bring if _reads(table) <= brought.keys()]
    if not bring and not problems:
        problems.append("The files of the dataset bring no table whole. The notes say why not.")
        problems += notes
    return Reading(
        source=SSD,
        files=tuple(kept),
        relations=tuple(brought.values()),
        tables=tuple(bring),
        problems=tuple(problems),
        notes=tuple(notes),
    )


@cache
def _said() -> tuple[dict[str, _Table], tuple[str, ...]]:
    """Return the tables that are read, and the names of those that are not."""
    path = relations.FOLDER / SSD / "columns.toml"
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    unread = tuple(said.pop("unread"))
    return {table: _Table(**one) for table, one in said.items()}, unread


@cache
def _reads(table: str) -> set[str]:
    """Return the tables of the dataset that feed `table`."""
    sql = (relations.FOLDER / SSD / f"{table}.sql").read_text(encoding="utf-8")
    return set(re.findall(r"(?:from|join) (ssd_\w+)", sql))


def _stray(name: str, table: str, known: list[str]) -> str:
    if table.startswith("ssd_"):
        hint = did_you_mean(table, known)
        return f"{name} is not named after a table of the dataset.{hint} Rename it, or take it out."
    return f"{name} is not a file of the dataset. Load it by itself, after this folder."


def _relation(
    table: str, said: _Table, grid: Grid, *, notes: list[str], dropped: set[str]
) -> Relation:
    """Return a file of `table`. Raises ExtractError naming every needed column that it lacks."""
    grid = _with_known_names(grid, said)
    where = f"{grid.file}, {grid.unit} 1" if grid.unit == "line" else grid.file
    spare = [column for column in grid.columns if column not in said.columns]
    lacking = [name for name in said.columns if name not in grid.columns]
    needed = [name for name in lacking if name not in said.without]
    if needed:
        raise ExtractError(
            "\n".join(relations.lacking(where, f"column {name}", name, spare) for name in needed)
        )
    if spare:
        listed = ", ".join(printable(column) for column in spare)
        notes.append(f"{grid.file}: nothing is counted from these columns, left behind: {listed}.")
    columns = _without_nulls(relations.columns(grid, said.columns), list(said.columns))
    for name, fed in said.without.items():
        if name in lacking or (grid.lines and not any(columns.column(name).to_pylist())):
            dropped.add(fed)
            reason = "there is no" if name in lacking else "every row is blank in"
            notes.append(f"{grid.file}: {reason} {name}, so this load does not bring {fed}.")
    labels = {give: name for name, gives in said.columns.items() for give in gives}
    return Relation(name=table, grid=grid, columns=columns, labels=labels | said.labels)


def _with_known_names(grid: Grid, said: _Table) -> Grid:
    """Return the grid with the names that columns.toml knows for columns of other versions."""
    known = {other: name for name, others in said.also.items() for other in others}
    columns = tuple(
        known[column] if column in known and known[column] not in grid.columns else column
        for column in grid.columns
    )
    # A row that cannot be split into columns may hold a name anywhere, so it is not kept as found.
    return replace(grid, columns=columns, broken=dict.fromkeys(grid.broken, ""))


def _without_nulls(columns: pa.Table, names: list[str]) -> pa.Table:
    """Return the columns with blanks where a cell says NULL or nothing but spaces."""
    for at, name in enumerate(names):
        text = columns.column(name)
        said = pc.call_function("utf8_trim_whitespace", [text])
        blank = pc.call_function("is_in", [said], pc.SetLookupOptions(pa.array(["", NULL])))
        nothing = pa.scalar(None, pa.string())
        columns = columns.set_column(at, name, pc.call_function("if_else", [blank, nothing, text]))
    return columns
