"""An extract tried against its contracts: which rows will do, and what is wrong with the others."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from kpi import calendar, checks, lake, organisation, settings, sources
from kpi.checks import PLACE, Fault
from kpi.lake import Connection, Contract
from kpi.ledger import Count, Problem
from kpi.sources import Reading, Relation

IDENTICAL = "identical to an earlier row"

# What is wrong: relation, column as the file calls it, words -> the lines where it is so.
Found = dict[tuple[str, str, str], set[int]]


@dataclass(kw_only=True)
class Trial:
    """What became of an extract's rows. The good ones are in the connection's schema `typed`."""

    reading: Reading
    authority: str
    whole: list[str]  # what is wrong with files as a whole
    found: Found = field(default_factory=lambda: defaultdict(set))
    repeats: dict[str, set[int]] = field(default_factory=dict)  # identical lines, by relation
    left_out: dict[str, int] = field(default_factory=dict)  # rows refused, by table

    def relation(self, file: str, sheet: str) -> Relation:
        """Return the relation that was read from a file, or from a sheet of it."""
        return next(
            relation
            for relation in self.reading.relations
            if (relation.grid.file, relation.grid.sheet) == (file, sheet)
        )

    def refused_lines(self, relation: str) -> set[int]:
        """Return the lines of a relation that are refused."""
        lines = (on for (name, _, _), on in self.found.items() if name == relation)
        return set().union(*lines)

    def problems(self) -> list[Problem]:
        """Return what is wrong with rows, in the order of the files."""
        return [
            Problem(
                file=relation.grid.file,
                sheet=relation.grid.sheet,
                unit=relation.grid.unit,
                column=column,
                what=what,
                lines=tuple(sorted(lines)),
            )
            for relation in self.reading.relations
            for (name, column, what), lines in self.found.items()
            if name == relation.name
        ]

    def counts(self) -> list[Count]:
        """Return how the rows of each file and sheet came out."""
        counts = []
        for relation in self.reading.relations:
            grid, refused = relation.grid, self.refused_lines(relation.name)
            repeats = self.repeats.get(relation.name, set()) - refused
            skipped = {rule: len(lines) for rule, lines in grid.skipped.items()}
            if repeats:
                skipped[IDENTICAL] = len(repeats)
            counts.append(
                Count(
                    file=grid.file,
                    sheet=grid.sheet,
                    rows=grid.rows,
                    accepted=len(set(grid.lines) - refused - repeats),
                    refused=len(refused),
                    skipped=skipped,
                )
            )
        return counts


def run(con: Connection, reading: Reading, *, month: date) -> Trial:
    """Return what becomes of the rows of `reading` as an extract of `month`.

    Refused rows are taken out and the rest tried again until nothing more is wrong: where one row
    stands for several, as a child's does of all the lists of a workbook, the next takes its place.
    """
    month_end = calendar.month_end(month)
    checks.prepare(con, serials=reading.source == "annex_a")
    con.execute("create table bad (_file varchar, _sheet varchar, _line bigint)")
    for relation in reading.relations:
        _relate(con, relation)
    trial = Trial(reading=reading, authority=settings.authority(), whole=[*reading.problems])
    _find_authority(con, trial)
    _relate_others(con, trial, month=month, month_end=month_end)
    _try_relations(con, trial, month_end=month_end)
    at_first: dict[str, int] = {}
    out: dict[str, set[int]] = {
        relation.name: set(relation.grid.broken) for relation in reading.relations
    }
    _take_out(con, trial, out)
    while True:
        trial.repeats = defaultdict(set)
        for table in reading.tables:
            rows = _try_table(con, trial, lake.tables()[table], month_end=month_end)
            at_first.setdefault(table, rows)
        refused = {
            relation.name: trial.refused_lines(relation.name) for relation in reading.relations
        }
        new = {name: lines - out[name] for name, lines in refused.items()}
        if not any(new.values()):
            break
        _take_out(con, trial, new)
        out = refused
    _forget_consequences(trial)
    for table in reading.tables:
        trial.left_out[table] = at_first[table] - _rows(con, f"text.{table}")
    for relation in reading.relations:
        for table in relation.feeds & trial.left_out.keys():
            trial.left_out[table] += len(relation.grid.broken)
    _find_wrong_month(con, trial, month)
    return trial


def _relate(con: Connection, relation: Relation) -> None:
    """Create the relation as its source's SQL knows it, without the rows that are taken out."""
    con.register("arriving", relation.columns)
    con.execute(f"create table raw.all_{relation.name} as select * from arriving")
    con.unregister("arriving")
    con.execute(
        f"create view raw.{relation.name} as select * from raw.all_{relation.name} "
        f"anti join bad using ({PLACE})"
    )


def _find_authority(con: Connection, trial: Trial) -> None:
    """Take the authority that the files give, if they give one, and only one."""
    given = set()
    for relation in trial.reading.relations:
        if "authority" in relation.columns.column_names:
            rows = con.execute(
                f"select distinct plain(authority) from raw.{relation.name} "
                "where plain(authority) is not null"
            ).fetchall()
            given |= {row[0] for row in rows}
    if len(given) > 1:
        trial.whole.append(
            "The column authority has more than one value. Load each authority's files by itself."
        )
    elif given:
        (trial.authority,) = given
    if not re.fullmatch("[A-Za-z0-9_]{1,20}", trial.authority):
        trial.whole.append(
            "The authority's code may have only letters and digits, such as 311. Correct it in the "
            "column authority, or in the setting KPI_AUTHORITY."
        )


def _relate_others(con: Connection, trial: Trial, *, month: date, month_end: date) -> None:
    """Create what sources may read beside their own: `this_load`, and `teams` by name."""
    con.execute(
        f"create table raw.this_load as select '{month}' as month, '{month_end}' as month_end"
    )
    con.execute("create table raw.teams (name varchar, team_id varchar)")
    teams = [team for team in organisation.read() if team.authority == trial.authority]
    # Of two teams that had one name at different times, the one that stood in the month.
    teams.sort(key=lambda team: (team.stands(month_end), team.valid_from))
    by_name = {team.team.strip().lower(): _bare(team.team_id) for team in teams}
    for pair in by_name.items():
        con.execute("insert into raw.teams values (?, ?)", pair)


def _try_relations(con: Connection, trial: Trial, *, month_end: date) -> None:
    for relation in trial.reading.relations:
        for problem in relation.grid.problems:
            _note(trial, relation.name, problem.column, problem.what, problem.lines)
        for column, label in relation.dates.items():
            where = f"raw.{relation.name}"
            for fault in checks.dates_of(con, where, column, month_end=month_end):
                _note(trial, relation.name, label, fault.what, fault.lines)


def _try_table(con: Connection, trial: Trial, contract: Contract, *, month_end: date) -> int:
    """Fill text.<table> and typed.<table> from the rows left, and return how many there were.

    Only good rows stay in typed.<table>.
    """
    table, source = contract.table, trial.reading.source
    given = {r.name for r in trial.reading.relations if "authority" in r.grid.columns}
    columns = ", ".join(
        f"{lake.quoted(trial.authority)} as authority"
        if column.name == "authority" and table not in given
        else f'"{column.name}"::varchar as "{column.name}"'
        for column in contract.columns
    )
    con.execute("set search_path = 'raw,main'")
    con.execute(
        f"create or replace table text.{table} as "
        f"select {columns}, {PLACE} from ({sources.select(source, table)})"
    )
    con.execute("set search_path = 'main'")
    checks.type_table(con, contract)
    faults = list(checks.faults(con, contract, month_end=month_end))
    _delete(con, table, faults)
    for file, sheet, line in checks.drop_identical(con, contract):
        trial.repeats[trial.relation(file, sheet).name].add(line)
    clashes = list(checks.conflicts(con, contract))
    _delete(con, table, clashes)
    for fault in [*faults, *clashes]:
        relation = trial.relation(fault.file, fault.sheet)
        label, what = called(relation, table, fault)
        _note(trial, relation.name, label, what, fault.lines)
    return _rows(con, f"text.{table}")


def called(relation: Relation, table: str, fault: Fault) -> tuple[str, str]:
    """Return a fault's column and words as the file calls the columns."""

    def label(column: str) -> str:
        return relation.labels.get(f"{table}.{column}", column)

    column = " and ".join(label(one) for one in fault.column.split(" and "))
    return column, fault.what.replace("{other}", label(fault.other))


def _note(trial: Trial, relation: str, column: str, what: str, lines: tuple[int, ...]) -> None:
    trial.found[relation, column, what] |= set(lines)


def _delete(con: Connection, table: str, faults: list[Fault]) -> None:
    for fault in faults:
        con.execute(
            f"delete from typed.{table} "
            "where _file = ? and _sheet = ? and _line in (select unnest(?::bigint[]))",
            [fault.file, fault.sheet, list(fault.lines)],
        )


def _take_out(con: Connection, trial: Trial, lines: dict[str, set[int]]) -> None:
    for relation in trial.reading.relations:
        con.execute(
            "insert into bad select ?, ?, unnest(?::bigint[])",
            [relation.grid.file, relation.grid.sheet, sorted(lines[relation.name])],
        )


def _forget_consequences(trial: Trial) -> None:
    """Drop what is said of a cell that could not be read beyond that it could not be read."""
    for relation in trial.reading.relations:
        for problem in relation.grid.problems:
            for (name, column, what), lines in list(trial.found.items()):
                same = name == relation.name and column == problem.column
                if same and what != problem.what:
                    lines -= set(problem.lines)
    trial.found = {key: lines for key, lines in trial.found.items() if lines}


def _find_wrong_month(con: Connection, trial: Trial, month: date) -> None:
    for table in trial.reading.tables:
        state = lake.tables()[table].state
        if state and _rows(con, f"typed.{table}"):
            in_month = _rows(
                con, f"typed.{table} where date_trunc('month', {state}) = date '{month}'"
            )
            if not in_month:
                trial.whole.append(
                    f"{table}: no row has a date in {month:%B %Y} as its {state}. "
                    "Is it another month's extract? Load it for the month that it is of."
                )


def _rows(con: Connection, relation: str) -> int:
    return con.execute(f"select count(*) from {relation}").fetchall()[0][0]


def _bare(team_id: str) -> str:
    return team_id.partition(":")[2]
