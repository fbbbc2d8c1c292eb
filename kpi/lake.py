"""The lake: every accepted extract as Parquet, a folder for each load, and what publishing takes.

A load is complete when its ledger is there. Its tables' parts are written first and the ledger
last, so a load that was cut short does not exist, and the next one sweeps its parts away.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import duckdb
import filelock

from kpi import disk, settings
from kpi.errors import ExtractError

Connection = duckdb.DuckDBPyConnection

WAIT_SECONDS = 60  # how long a load waits for another one to be kept


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table's contract. An optional one may be missing from a file altogether."""

    name: str
    type: str  # as DuckDB names it: VARCHAR, DATE, BOOLEAN, DECIMAL(5,1)
    not_null: bool
    optional: bool


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What sql/tables says of one table. `checks` are SQL expressions that may not be false."""

    table: str
    ddl: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    checks: tuple[str, ...]
    state: str | None  # the column that says at which date a row was so; None for a history


@dataclass(frozen=True, kw_only=True)
class Load:
    """One table as one load brought it."""

    authority: str
    extract_month: date
    number: int
    table: str
    source: str  # 'contract', 'annex_a' or 'ssd'
    rows: int
    left_out: int  # rows refused, and left out by the analyst's word
    months: tuple[date, ...]  # of a state table: the months whose state it carries; else ()
    demonstration: bool
    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """Return the load's name: '311 2024-11 0001'. The tables of one load share it."""
        return f"{self.authority} {self.extract_month:%Y-%m} {self.number:04d}"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A load that publishing takes, and for a state table the months it is taken for."""

    load: Load
    months: tuple[date, ...]  # () for a history, which is taken whole


def connect(*folders: Path) -> Connection:
    """Return a connection in memory. When folders are named, it can touch no file outside them."""
    con = duckdb.connect(
        config={
            "allow_community_extensions": "false",
            "allow_unsigned_extensions": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        }
    )
    con.execute("set temp_directory = ''")
    if folders:
        allowed = ", ".join(quoted(str(folder.resolve())) for folder in folders)
        con.execute(f"set allowed_directories = [{allowed}]")
        con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def quoted(text: str) -> str:
    """Return `text` as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


@cache
def tables() -> dict[str, Contract]:
    """Return the contract of every table in sql/tables, by table."""
    con = duckdb.connect()
    found = {}
    for path in sorted((settings.ROOT / "sql" / "tables").glob("*.sql")):
        ddl = path.read_text(encoding="utf-8")
        con.execute(ddl)
        state = re.search(r"^-- state: (\w+)", ddl, re.MULTILINE)
        columns = con.execute(
            "select column_name, data_type, not is_nullable, column_default is not null "
            "from duckdb_columns() where not internal and table_name = ? order by column_index",
            [path.stem],
        ).fetchall()
        rules = con.execute(
            "select constraint_type, expression, constraint_column_names "
            "from duckdb_constraints() where table_name = ? order by constraint_index",
            [path.stem],
        ).fetchall()
        found[path.stem] = Contract(
            table=path.stem,
            ddl=ddl,
            columns=tuple(
                Column(name=name, type=kind, not_null=not_null, optional=optional)
                for name, kind, not_null, optional in columns
            ),
            key=next(tuple(names) for rule, _, names in rules if rule == "PRIMARY KEY"),
            checks=tuple(text for rule, text, _ in rules if rule == "CHECK"),
            state=state[1] if state else None,
        )
    return found


def loads(lake: Path) -> list[Load]:
    """Return every table of every complete load, by authority, extract month, number and table."""
    found = []
    for path in ledgers(lake):
        try:
            ledger = json.loads(path.read_text(encoding="utf-8"))
            found += _of_ledger(lake, ledger)
        except (ValueError, KeyError, TypeError) as wrong:
            raise ExtractError(
                f"{path} is damaged and cannot be read. Put it back from a copy, or remove it "
                "and load that month's extract again."
            ) from wrong
    return sorted(found, key=lambda load: (*_order(load), load.table))


def ledgers(lake: Path, *, month: date | None = None) -> list[Path]:
    """Return the ledger of every complete load (of one extract month), the newest first."""
    of = f"{month:%Y-%m}" if month else "*"
    found = lake.glob(f"ledger/authority=*/extract_month={of}/load=*.json")
    return sorted(found, reverse=True)


def standing(loads: Iterable[Load], *, month: date) -> list[Standing]:
    """Return what publishing `month` takes of `loads`.

    Of a history it is each authority's newest load at or before the month. Of a table that is a
    state at a date it is, for each month carried, the newest load that carries it, so one load may
    be taken for some of its months only.
    """
    at_or_before = sorted(
        (load for load in loads if load.extract_month <= month),
        key=lambda load: (load.authority, load.table, *_order(load)),
    )
    taken = []
    for (_, table), group in groupby(at_or_before, key=lambda load: (load.authority, load.table)):
        of_table = list(group)
        if tables()[table].state is None:
            taken.append(Standing(load=of_table[-1], months=()))
            continue
        newest = {carried: load for load in of_table for carried in load.months if carried <= month}
        for load in of_table:
            months = tuple(sorted(carried for carried in newest if newest[carried] is load))
            if months:
                taken.append(Standing(load=load, months=months))
    return taken


def read(con: Connection, standing: Sequence[Standing], table: str) -> None:
    """Create `table` in `con`, filled from those of `standing` that are loads of it.

    It has the contract's columns and types; what the contract requires was checked at the load.
    Of a state table only the rows of the months taken are read. A table with no load is empty.
    Raises ExtractError when a part is missing, damaged, or older than a column now needed.
    """
    contract = tables()[table]
    columns = ", ".join(f'"{column.name}" {column.type}' for column in contract.columns)
    con.execute(f"create table {table} ({columns})")
    for taken in (one for one in standing if one.load.table == table):
        load = taken.load
        _verify(load)
        there = {
            row[0]
            for row in con.execute(
                "describe select * from read_parquet(?, hive_partitioning = false)",
                [str(load.path)],
            ).fetchall()
        }
        lacking = [c.name for c in contract.columns if c.name not in there and not c.optional]
        if lacking:
            raise ExtractError(
                f"Load {load.name} of {table} was kept before the contract had "
                f"{', '.join(lacking)}. Load that extract again."
            )
        names = ", ".join(f'"{c.name}"' for c in contract.columns if c.name in there)
        only = ""
        if contract.state:
            months = ", ".join(f"date '{month}'" for month in taken.months)
            only = f"where date_trunc('month', {contract.state}) in ({months})"
        con.execute(
            f"insert into {table} by name select {names} "
            f"from read_parquet(?, hive_partitioning = false) {only}",
            [str(load.path)],
        )


@contextmanager
def keeping(lake: Path) -> Generator[None]:
    """Hold the lake for one load at a time, with every unfinished load swept away before and after.

    Raises ExtractError when another load still holds it after a minute.
    """
    lake.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(lake / ".lock", timeout=WAIT_SECONDS):
            _sweep(lake)
            try:
                yield
            except BaseException:
                _sweep(lake)
                raise
    except filelock.Timeout as busy:
        raise ExtractError(
            "Another load is being kept at this moment. Nothing was changed. "
            "Load again when it has finished."
        ) from busy


def next_number(lake: Path, *, authority: str, month: date) -> int:
    """Return the number of the next load of `authority` and `month`, counting from 1."""
    there = _ledger_path(lake, authority=authority, month=month, number=0).parent
    return max((int(path.stem[5:]) for path in there.glob("load=*.json")), default=0) + 1


def part_path(lake: Path, table: str, *, authority: str, month: date, number: int) -> Path:
    """Return where a load keeps `table`."""
    return (
        lake / table / f"authority={authority}" / f"extract_month={month:%Y-%m}"
        f"/load={number:04d}" / "part.parquet"
    )


def refused_folder(lake: Path, *, authority: str, month: date, number: int) -> Path:
    """Return the folder in which a load keeps the rows that it left out."""
    return part_path(lake, "refused", authority=authority, month=month, number=number).parent


def seal(lake: Path, ledger: str, *, authority: str, month: date, number: int) -> None:
    """Write the ledger of a load whose parts are all on the disk: from now on the load exists."""
    path = _ledger_path(lake, authority=authority, month=month, number=number)
    path.parent.mkdir(parents=True, exist_ok=True)
    arriving = path.with_suffix(".arriving")
    arriving.write_text(ledger, encoding="utf-8")
    disk.sync(arriving)
    arriving.replace(path)
    disk.sync_folder(path.parent)


def sha256(path: Path) -> str:
    """Return the SHA-256 of the file at `path`, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _order(load: Load) -> tuple[str, date, int]:
    return load.authority, load.extract_month, load.number


def _of_ledger(lake: Path, ledger: dict) -> Iterator[Load]:
    month = date.fromisoformat(ledger["extract_month"] + "-01")
    where = {"authority": ledger["authority"], "month": month, "number": ledger["number"]}
    for table in ledger["tables"]:
        yield Load(
            authority=ledger["authority"],
            extract_month=month,
            number=ledger["number"],
            table=table["table"],
            source=ledger["source"],
            rows=table["rows"],
            left_out=table["left_out"],
            months=tuple(date.fromisoformat(text + "-01") for text in table["months"]),
            demonstration=ledger["demonstration"],
            path=part_path(lake, table["table"], **where),
            sha256=table["sha256"],
        )


def _verify(load: Load) -> None:
    if not load.path.exists() or sha256(load.path) != load.sha256:
        raise ExtractError(
            f"Load {load.name} of {load.table} is missing or damaged on the disk: {load.path}. "
            "Put that file back from a copy, or load the extract again."
        )


def _ledger_path(lake: Path, *, authority: str, month: date, number: int) -> Path:
    return (
        lake / "ledger" / f"authority={authority}" / f"extract_month={month:%Y-%m}"
        f"/load={number:04d}.json"
    )


def _sweep(lake: Path) -> None:
    for arriving in lake.glob("ledger/*/*/*.arriving"):
        arriving.unlink()
    for part in lake.glob("*/authority=*/extract_month=*/load=*"):
        _, authority, month, number = part.parts[-4:]
        ledger = lake / "ledger" / authority / month / f"{number}.json"
        if part.is_dir() and not ledger.exists():
            shutil.rmtree(part)
