"""A month's extract taken whole, refused whole, or taken without the rows refused.

Nothing here repairs data. Every row is accepted, refused with its reasons, or skipped by a rule
that has a name, and the ledger shows that they add up. Messages name places and never a value.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kpi import calendar, checks, disk, lake, organisation, settings, sources, trials
from kpi.access import Actor, Right
from kpi.errors import ExtractError
from kpi.files import printable
from kpi.lake import Connection, Contract, Load
from kpi.ledger import Kept, Ledger, stretches
from kpi.trials import Trial

FAR_OFF = 0.4  # share by which a table's rows may differ from the last load's before it is said


@dataclass(frozen=True, kw_only=True)
class UnlistedTeam:
    """A team that extracts name and teams.csv does not list."""

    authority: str
    team_id: str  # as extracts write it, without the authority
    rows: int
    first_seen: date
    last_seen: date
    tables: tuple[str, ...]

    def __str__(self) -> str:
        rows = f"{self.rows:,} row{'' if self.rows == 1 else 's'}"
        return (
            f"{printable(self.team_id)} ({rows} of {', '.join(self.tables)}, "
            f"{self.first_seen:%d/%m/%Y} to {self.last_seen:%d/%m/%Y})"
        )


def accept(
    actor: Actor,
    path: Path,
    *,
    month: date,
    leave_out_refused: str | None = None,
    demonstration: bool = False,
) -> Ledger:
    """Check the extract at `path` and keep it in the lake as a load of `month`.

    `leave_out_refused` says why its good rows are to be taken without the refused ones, which are
    kept apart. The same files a second time make no new load. Returns the ledger. Raises
    ExtractError, naming every problem, when the extract is refused: then nothing was changed.
    """
    actor.must(Right.LOAD_AND_PUBLISH)
    if leave_out_refused is not None and not leave_out_refused.strip():
        raise ExtractError("Say why the refused rows may be left out. The reason is kept.")
    reading = sources.read(path)
    ledger = Ledger(
        authority=settings.authority(),
        extract_month=f"{month:%Y-%m}",
        number=0,
        source=reading.source,
        demonstration=demonstration,
        loaded_by=actor.name,
        loaded_at=datetime.now(UTC),
        definitions=sources.definitions(reading.source),
        files=reading.files,
        counts=(),
        tables=(),
        why_left_out=leave_out_refused,
        notes=reading.notes,
    )
    if before := _loaded_before(ledger):
        return before
    with lake.connect(settings.lake()) as con:
        trial = trials.run(con, reading, month=month)
        problems = trial.problems()
        if trial.whole or (problems and leave_out_refused is None):
            raise ExtractError(_refusal(path, trial))
        ledger = replace(
            ledger,
            authority=trial.authority,
            counts=tuple(trial.counts()),
            refused=tuple(problems),
            warnings=tuple(_warnings(con, trial, month)),
        )
        ledger.balance()
        with lake.keeping(settings.lake()):
            return _loaded_before(ledger) or _keep(con, trial, ledger)


def unlisted_teams(path: Path | None = None) -> list[UnlistedTeam]:
    """Return the teams that teams.csv lacks, in the newest loads or in the extract at `path`.

    Raises ExtractError when a file at `path` cannot be read.
    """
    if path is not None:
        reading = sources.read(path)
        if reading.problems:
            raise ExtractError("\n".join(reading.problems))
        with lake.connect(path.parent) as con:
            trial = trials.run(con, reading, month=date.today().replace(day=1))
            return _unlisted(con, "typed", trial.reading.tables, authority=trial.authority)
    with lake.connect(settings.lake()) as con:
        standing = lake.standing(lake.loads(settings.lake()), month=date.max)
        tables = sorted({one.load.table for one in standing})
        for table in tables:
            lake.read(con, standing, table)
        return _unlisted(con, "main", tables, authority=None)


def proposed_rows(teams: Iterable[UnlistedTeam]) -> str:
    """Return the rows to add to teams.csv, as CSV; the service area is for somebody to fill in."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(organisation.COLUMNS)
    for team in teams:
        first = team.first_seen.replace(day=1)
        rows.writerow([team.team_id, team.team_id, "", team.authority, first, "", ""])
    return text.getvalue()


def _refusal(path: Path, trial: Trial) -> str:
    problems = [*trial.whole, *map(str, trial.problems())]
    advice = "Put this right where the extract is made, and load it again"
    if not trial.whole:
        advice += ', or take the other rows with --leave-out-refused "why"'
    listed = "\n".join(f"- {line}" for text in problems for line in text.splitlines())
    return f"{printable(path.name)} was not loaded; nothing was changed.\n{listed}\n{advice}."


def _loaded_before(ledger: Ledger) -> Ledger | None:
    """Return the load that brought the same files of the month in the same way, if it stands.

    It no longer stands once a later load has brought one of its tables.
    """
    later: set[tuple[str, str]] = set()
    for path in lake.ledgers(settings.lake(), month=ledger.month):
        other = Ledger.read(path)
        brought = {(other.authority, table.table) for table in other.tables}
        if _manner(other) == _manner(ledger) and not brought & later:
            return replace(other, already=True)
        later |= brought
    return None


def _manner(ledger: Ledger) -> tuple:
    return (
        ledger.source,
        ledger.demonstration,
        ledger.definitions,
        ledger.why_left_out is None,
        sorted(file.sha256 for file in ledger.files),
    )


def _keep(con: Connection, trial: Trial, ledger: Ledger) -> Ledger:
    """Write a load's parts, its refused rows and last its ledger, and return the ledger."""
    folder = settings.lake()
    where = {"authority": ledger.authority, "month": ledger.month}
    number = lake.next_number(folder, **where)
    try:
        kept = []
        for table in trial.reading.tables:
            contract = lake.tables()[table]
            path = lake.part_path(folder, table, number=number, **where)
            path.parent.mkdir(parents=True)
            con.execute(_copy(contract, ledger.authority, path))
            disk.sync(path)
            rows = con.execute(f"select count(*) from typed.{table}").fetchall()[0][0]
            kept.append(
                Kept(
                    table=table,
                    rows=rows,
                    left_out=trial.left_out[table],
                    months=_months(con, contract, ledger),
                    sha256=lake.sha256(path),
                )
            )
        _keep_refused(trial, lake.refused_folder(folder, number=number, **where))
        ledger = replace(ledger, number=number, tables=tuple(kept))
        lake.seal(folder, ledger.to_json(), number=number, **where)
    except (OSError, duckdb.IOException) as error:
        raise ExtractError(
            f"The load could not be written to {folder}, and nothing was changed. "
            "Look for room on the disk, and for the right to write there."
        ) from error
    return ledger


def _copy(contract: Contract, authority: str, path: Path) -> str:
    prefix = lake.quoted(f"{authority}:")
    columns = ", ".join(
        f'{prefix} || "{column.name}" as "{column.name}"'
        if column.name.endswith("_id")
        else f'"{column.name}"'
        for column in contract.columns
    )
    first = ["child_id"] if any(c.name == "child_id" for c in contract.columns) else []
    order = ", ".join(f'"{name}"' for name in dict.fromkeys([*first, *contract.key]))
    return (
        f"copy (select {columns} from typed.{contract.table} order by {order}) "
        f"to {lake.quoted(str(path))} (format parquet, compression zstd)"
    )


def _months(con: Connection, contract: Contract, ledger: Ledger) -> tuple[str, ...]:
    """Return the months whose state a state table's rows carry, the extract month among them."""
    if contract.state is None:
        return ()
    rows = con.execute(
        f"select distinct strftime({contract.state}, '%Y-%m') from typed.{contract.table}"
    ).fetchall()
    return tuple(sorted({ledger.extract_month, *(row[0] for row in rows)}))


def _keep_refused(trial: Trial, folder: Path) -> None:
    """Write the refused rows as they were read, with what is wrong with each."""
    for relation in trial.reading.relations:
        refused = sorted(trial.refused_lines(relation.name))
        if not refused:
            continue
        reasons = defaultdict(list)
        for (name, column, what), lines in trial.found.items():
            for line in lines if name == relation.name else ():
                reasons[line].append(" ".join(part for part in (column, what) if part))
        place = {line: at for at, line in enumerate(relation.grid.lines)}
        rows = relation.columns.take([place[line] for line in refused])
        broken = [relation.grid.broken.get(line) for line in refused]
        said = ["; ".join(reasons[line]) for line in refused]
        rows = rows.append_column("_as_found", pa.array(broken, pa.string()))
        rows = rows.append_column("_refused_because", pa.array(said, pa.string()))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{relation.name}.parquet"
        pq.write_table(rows, path, compression="zstd")
        disk.sync(path)


def _warnings(con: Connection, trial: Trial, month: date) -> Iterator[str]:
    """Yield what does not stop a load, and what a reader of its figures should know."""
    reading = trial.reading
    for table in reading.tables:
        yield from _placed(trial, table, checks.not_known(con, lake.tables()[table]))
    for table, fault in checks.warnings(con, reading.source, reading.tables):
        yield from _placed(trial, table, [fault])
    loads = [
        load
        for load in lake.loads(settings.lake())
        if (load.authority, load.source) == (trial.authority, reading.source)
        and load.extract_month <= month
    ]
    for table in reading.tables:
        yield from _unlike_before(con, table, [load for load in loads if load.table == table])
    yield from _out_of_date(con, reading.tables, month)
    teams = _unlisted(con, "typed", reading.tables, authority=trial.authority)
    if teams:
        yield (
            f"teams.csv does not list {'; '.join(map(str, teams))}. Their work counts under "
            f"{organisation.UNMAPPED}. For the rows to add: python -m kpi teams"
        )
    if trial.authority != settings.authority():
        yield (
            f"The files are of authority {trial.authority}, and KPI_AUTHORITY is "
            f"{settings.authority()}. They were kept as {trial.authority}."
        )


def _placed(trial: Trial, table: str, faults: Iterable[checks.Fault]) -> Iterator[str]:
    for fault in faults:
        relation = trial.relation(fault.file, fault.sheet)
        column, what = trials.called(relation, table, fault)
        where = f"{fault.file}, sheet {fault.sheet!r}" if fault.sheet else fault.file
        rows = f"{len(fault.lines):,} row{'' if len(fault.lines) == 1 else 's'}"
        lines = stretches(relation.grid.unit, fault.lines)
        yield f"{where}: {column} {what} ({rows}: {lines})."


def _unlike_before(con: Connection, table: str, loads: list[Load]) -> Iterator[str]:
    if loads:
        rows = con.execute(f"select count(*) from typed.{table}").fetchall()[0][0]
        if abs(rows - loads[-1].rows) > FAR_OFF * loads[-1].rows:
            yield (
                f"{table} has {rows:,} rows; load {loads[-1].name} had {loads[-1].rows:,}. "
                "Is it all there, and only once?"
            )


def _out_of_date(con: Connection, tables: Iterable[str], month: date) -> Iterator[str]:
    """Yield that nothing is dated in the month, as in an earlier month's extract nothing would be.

    Births say nothing of that, nor does the date on which a state was taken.
    """
    found = []
    for contract in (lake.tables()[table] for table in tables):
        for column in contract.columns:
            if column.type == "DATE" and column.name not in ("dob", contract.state):
                found += con.execute(
                    f'select max("{column.name}") from typed.{contract.table} '
                    f'where "{column.name}" <= ?',
                    [calendar.month_end(month)],
                ).fetchall()
    newest = max((day for (day,) in found if day), default=month)
    if newest < month:
        yield (
            f"Nothing in the extract is dated in {month:%B %Y}; its last date is "
            f"{newest:%d/%m/%Y}. Is it an earlier month's extract?"
        )


def _unlisted(
    con: Connection, schema: str, tables: Iterable[str], *, authority: str | None
) -> list[UnlistedTeam]:
    """Return the teams of `tables` that teams.csv lacks; their ids have no prefix before a load."""
    listed = {team.team_id for team in organisation.read()}
    found: dict[tuple[str, str], list[tuple[str, int, date, date]]] = defaultdict(list)
    for table in tables:
        columns = lake.tables()[table].columns
        if any(column.name == "team_id" for column in columns):
            day = next(column.name for column in columns if column.type == "DATE")
            rows = con.execute(
                f"select authority, team_id, count(*), min({day}), max({day}) "
                f"from {schema}.{table} where team_id is not null group by all order by all"
            ).fetchall()
            for of, team_id, count, first, last in rows:
                bare = team_id if authority else team_id.partition(":")[2]
                if f"{of}:{bare}" not in listed:
                    found[of, bare].append((table, count, first, last))
    return [
        UnlistedTeam(
            authority=of,
            team_id=team_id,
            rows=sum(count for _, count, _, _ in seen),
            first_seen=min(first for _, _, first, _ in seen),
            last_seen=max(last for _, _, _, last in seen),
            tables=tuple(table for table, _, _, _ in seen),
        )
        for (of, team_id), seen in sorted(found.items())
    ]
