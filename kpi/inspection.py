"""Everything that an analyst writes, looked at in one go, and all that is wrong with it.

Headers, SELECTs, worked cases and the tables of data/reference, each alone and against the others.
No extract is needed: the SELECTs run on the empty tables of the contracts and on their cases.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kpi import (
    assignments,
    benchmarks,
    calendar,
    cases,
    catalogue,
    expectations,
    measures,
    organisation,
    portable,
    proofs,
    rates,
    targets,
    words,
)
from kpi.assignments import Assignment
from kpi.benchmarks import Benchmark
from kpi.catalogue import Indicator
from kpi.errors import DefinitionError, did_you_mean, nearest
from kpi.lake import Connection
from kpi.organisation import Team
from kpi.rates import Population

T = TypeVar("T")

# The tables of data/reference, and what reads each of them. Some need the indicators.
REFERENCES: dict[str, Callable[[Mapping[str, Indicator]], Any]] = {
    "targets.csv": targets.read,
    "expected_off_target.csv": expectations.read,
    "narratives.csv": assignments.read,
    "benchmarks.csv": lambda found: benchmarks.read(list(found.values())),
    "population.csv": lambda found: rates.read(),
    "teams.csv": lambda found: organisation.read(),
    "authorities.csv": lambda found: organisation.names(),
    "bank_holidays.csv": lambda found: calendar.bank_holidays(),
}


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """What was looked at, what is wrong with it, and what is worth knowing though nothing is."""

    looked_at: str  # '58 indicators, 58 worked cases and 8 reference files'
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def inspect() -> Inspection:
    """Return all that is wrong with the definitions and reference files as they stand."""
    found, unreadable = catalogue.read_each()
    paths = {path.stem: path for path in cases.paths()}
    number = len(found) + len(unreadable)
    problems = [line for text in unreadable.values() for line in text.splitlines()]
    for name, select in (_tried(measures.populations, problems) or {}).items():
        problems += _not_portable(f"populations/{name}.sql", select)
    # Without its bank holidays there is no calendar, and no SELECT can be told right from wrong.
    with proofs.ground() if _tried(calendar.bank_holidays, []) else nullcontext() as con:
        for indicator in found.values():
            problems += _of_indicator(con, indicator, paths.get(indicator.id))
    for name in sorted(paths.keys() - found.keys() - unreadable.keys()):
        near = did_you_mean(name, found)
        problems.append(f"{paths[name].name}: no indicator is called {name!r}.{near}")
    of_references, notes = _references(found, unreadable)
    return Inspection(
        looked_at=(
            f"{words.count(number, 'indicator')}, {words.count(len(paths), 'worked case')} and "
            f"{words.count(len(REFERENCES), 'reference file')}"
        ),
        problems=tuple(dict.fromkeys([*problems, *of_references])),
        notes=tuple(notes),
    )


def _of_indicator(con: Connection | None, indicator: Indicator, path: Path | None) -> list[str]:
    """Return what is wrong with an indicator's SELECT and its case."""
    problems: list[str] = []
    case = None
    if path is None:
        name = f"{indicator.id}.md"
        problems.append(f"{indicator.file}: show that it counts right, in tests/indicators/{name}.")
    else:
        case = _tried(partial(cases.read, path), problems)
    wrong: list[str] = []
    if con:
        counting = partial(proofs.problems, con, case or cases.nothing(indicator.id), indicator)
        problems += _tried(counting, wrong) or []
    # What does not run at all is said once, by the engine that would have run it.
    return [*problems, *(wrong or _not_portable(indicator.file, indicator.select))]


def _not_portable(where: str, select: str) -> list[str]:
    return [
        f"{where} line {line}: {what}" if line else f"{where}: {what}"
        for line, what in portable.problems(select)
    ]


def _references(
    found: Mapping[str, Indicator], unreadable: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Return what is wrong with the reference files and between them, and what is worth knowing."""
    problems: list[str] = []
    read = {}
    for name, reader in REFERENCES.items():
        read[name] = _tried(partial(reader, found), problems)
    # A row of an indicator whose header does not read is not also a row of an unknown indicator.
    unknown = [f"called {name!r}." for name in unreadable]
    problems = [one for one in problems if not any(text in one for text in unknown)]
    notes: list[str] = []
    if read["benchmarks.csv"] is not None:
        problems += _benchmarks(found.values(), read["benchmarks.csv"])
        notes += benchmarks.unused(found.values(), read["benchmarks.csv"])
    if read["population.csv"] is not None:
        problems += _rate_populations(found.values(), read["population.csv"])
    if read["narratives.csv"] is not None and read["teams.csv"] is not None:
        notes += _unlisted_areas(read["narratives.csv"], read["teams.csv"])
    if read["authorities.csv"] is not None:
        for name in ("teams.csv", "population.csv"):
            codes = sorted(
                {one.authority for one in read[name] or []} - set(read["authorities.csv"])
            )
            notes += [f"{name}: authority {code} has no name in authorities.csv." for code in codes]
    return problems, notes


def _benchmarks(indicators: Iterable[Indicator], read: Iterable[Benchmark]) -> list[str]:
    """Return which indicators do not say how a published figure of theirs differs, or miss one."""
    measured = {one.measure for one in read}
    problems = []
    for indicator in indicators:
        if indicator.benchmark and indicator.benchmark not in measured:
            problems.append(
                f"{_at(indicator, 'benchmark')}: benchmark is {indicator.benchmark!r}, and "
                f"benchmarks.csv has no figure of it.{nearest(indicator.benchmark, measured)}"
            )
        elif (indicator.benchmark or indicator.id) in measured and not indicator.benchmark_differs:
            problems.append(
                f"{indicator.file}: benchmarks.csv has figures of it. Add benchmark_differs, one "
                "sentence that says how the published definition is another than ours."
            )
    return problems


def _rate_populations(indicators: Iterable[Indicator], read: Iterable[Population]) -> list[str]:
    groups = {one.group for one in read}
    return [
        f"{_at(indicator, 'rate_population')}: population.csv has no group "
        f"{indicator.rate_population!r}.{did_you_mean(indicator.rate_population, groups)}"
        for indicator in indicators
        if indicator.rate_population and indicator.rate_population not in groups
    ]


def _unlisted_areas(read: Iterable[Assignment], teams: Iterable[Team]) -> list[str]:
    """Return of which service areas nobody will ever be asked to write, as no team is in them."""
    listed = {team.service_area for team in teams}
    unlisted = {one.service_area for one in read if one.service_area} - listed
    return [
        f"narratives.csv: no team of teams.csv is in {area!r}, so no narrative of it falls due."
        f"{nearest(area, listed)}"
        for area in sorted(unlisted)
    ]


def _at(indicator: Indicator, key: str) -> str:
    return f"{indicator.file} line {catalogue.line_of(indicator, key)}"


def _tried(read: Callable[[], T], problems: list[str]) -> T | None:
    """Return what `read` returns, or None with what is wrong added to `problems`."""
    try:
        return read()
    except DefinitionError as error:
        problems += str(error).splitlines()
        return None
