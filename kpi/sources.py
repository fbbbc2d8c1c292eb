"""Where extracts come from: each source's files, found and read as text under their own names.

A source is a folder of sql/sources. `contract` is a folder of CSV or Parquet files that are in the
contract's words already; `annex_a` is a workbook of Ofsted's Annex A lists; `ssd` is a folder of
the sector's Standard Safeguarding Dataset. Each file or list becomes a relation that the source's
SQL puts into the contract's words.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kpi import annex_a, files, lake, relations, settings, ssd
from kpi.errors import ExtractError, did_you_mean
from kpi.files import Grid, printable
from kpi.ledger import File
from kpi.relations import FOLDER, Reading, Relation

CONTRACT = "contract"
# For how many months up to its own a load carries an indicator: an Annex A workbook looks six back.
MONTHS = {"window": 6, "extract month": 1, "all": None}


@dataclass(frozen=True, kw_only=True)
class Carries:
    """The months for which a source can carry an indicator, and what a reader should know."""

    months: int | None  # so many, the extract month the last of them; None for every month
    note: str | None

    def reaches(self, month: date, extract_month: date) -> bool:
        """Return whether a load of `extract_month` carries the indicator for `month`."""
        back = (extract_month.year - month.year) * 12 + extract_month.month - month.month
        return back >= 0 and (self.months is None or back < self.months)


def carries(source: str) -> dict[str, Carries] | None:
    """Return what `source` can carry, by indicator; None when it carries every indicator."""
    path = FOLDER / source / "carries.toml"
    if not path.exists():
        return None
    return {
        indicator: Carries(months=MONTHS[said["months"]], note=said.get("note"))
        for indicator, said in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def select(source: str, table: str) -> str:
    """Return the SELECT that puts `source` into the words of `table`'s contract."""
    return (FOLDER / source / f"{table}.sql").read_text(encoding="utf-8")


def definitions(source: str) -> str:
    """Return the SHA-256 of every file that decides how an extract of `source` is understood."""
    read = [
        *sorted((settings.ROOT / "sql" / "tables").glob("*.sql")),
        *sorted((FOLDER / source).iterdir()),
        FOLDER / "words.sql",
    ]
    if any("join teams" in select(source, table) for table in relations.tables(source)):
        read.append(settings.reference() / "teams.csv")
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in read)).hexdigest()


def read(path: Path) -> Reading:
    """Return the extract at `path`: a folder, one of its files, or an Annex A workbook.

    A folder with a file named ssd_… is one of the Standard Safeguarding Dataset.

    Raises ExtractError when there is nothing there to read.
    """
    if not path.exists():
        raise ExtractError(f"There is no file or folder {path}. Check how it is written.")
    if path.is_file() and path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".xlsb"):
        return annex_a.read(path)
    inside = sorted(path.iterdir()) if path.is_dir() else [path]
    found = [one for one in inside if one.is_file()]
    if any(map(ssd.is_of, found)):
        return ssd.read(found)
    return _contract(path, found)


def _contract(path: Path, found: list[Path]) -> Reading:
    kept: list[File] = []
    problems: list[str] = []
    notes: list[str] = []
    brought: dict[str, Relation] = {}
    known = relations.tables(CONTRACT)
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
            if table in lake.tables() and table not in known:
                notes.append(f"{name} was left behind: {table} are kept in data/reference.")
                continue
            if table not in known:
                raise ExtractError(
                    f"{name} is not named after a table.{did_you_mean(table, known)} "
                    "Rename it, or take it out."
                )
            if table in brought:
                raise ExtractError(
                    f"{name}: there is another file of {table} in the folder. Take one out."
                )
            data = files.load(file)
            kept.append(relations.identified(name, data))
            reader = files.read_csv if suffix == ".csv" else files.read_parquet
            brought[table] = _of_contract(table, reader(name, data), notes)
        except ExtractError as error:
            problems.append(str(error))
    if not brought and not problems:
        raise ExtractError(
            f"{path} holds no table. It should hold files such as assessments.csv; the tables are "
            f"{', '.join(known)}."
        )
    return Reading(
        source=CONTRACT,
        files=tuple(kept),
        relations=tuple(brought.values()),
        tables=tuple(brought),
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
        problems = [relations.lacking(where, f"column {name}", name, spare) for name in lacking]
        if grid.unit == "line":
            problems[-1] += " The headings must be the first line of the file."
        raise ExtractError("\n".join(problems))
    if spare:
        listed = ", ".join(printable(column) for column in spare)
        notes.append(f"{grid.file}: not in the contract, and left behind: {listed}.")
    optional = [c.name for c in contract.columns if c.optional and c.name not in grid.columns]
    if optional:
        notes.append(f"{grid.file}: there is no {', '.join(optional)}; taken as blank.")
    return Relation(name=table, grid=grid, columns=relations.columns(grid, names), labels={})
