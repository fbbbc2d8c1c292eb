"""What has been published of other authorities: England, London, the statistical neighbours.

The figures are facts of the Department for Education's Local Authority Interactive Tool, under the
Open Government Licence v3.0, kept in data/reference/benchmarks.csv as long rows: one measure, year
and area each. They are years that ended months ago, by a definition that may be another than ours,
so they are dated wherever they are shown and never drawn as if they were monthly.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from kpi import reference, settings, words
from kpi.access import Actor, Right
from kpi.catalogue import Indicator, Polarity
from kpi.errors import DefinitionError, did_you_mean

FILE = "benchmarks.csv"
COLUMNS = ("indicator", "code", "unit", "period", "area", "value", "authorities")
ATTRIBUTION = (
    "Comparisons: Department for Education, Local Authority Interactive Tool, April 2026, used "
    "under the Open Government Licence v3.0."
)
RANK = "national rank (1 is best)"


class Area(StrEnum):
    """Whose figure it is, as the file and a reader call it."""

    OWN = "This authority"
    LONDON = "London"
    OUTER_LONDON = "Outer London"
    ENGLAND = "England"
    LOWER = "England lower quartile"
    MEDIAN = "England median"
    UPPER = "England upper quartile"
    NEIGHBOURS = "Statistical neighbours (mean)"
    RANK = "Rank in England"


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """One published figure of one measure, year and area."""

    measure: str  # an indicator's id, or the one that its header's benchmark names
    unit: str  # as published: percent, per 10000 a year, cases per FTE …
    year: int  # the year in which the period ended
    area: Area
    authority: str  # whose own figure or rank it is, by name; '' for other areas
    value: Decimal
    authorities: int | None  # how many it is the mean or the rank of

    @property
    def key(self) -> tuple[str, int, Area, str]:
        """What tells it from every other figure."""
        return self.measure, self.year, self.area, self.authority


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a newer file brought: its figures, and how many the one before it did not have so."""

    now: list[Benchmark]
    new: int
    changed: int
    gone: int
    newest_year: int


@dataclass(frozen=True, kw_only=True)
class Published:
    """What was published of one measure for one year, set side by side."""

    period_end: date
    unit: str
    values: dict[Area, Decimal]
    ranked: int | None  # the number of authorities ranked
    quarter: str  # 'top quarter of authorities in England'; '' where neither way is better


def read(indicators: Collection[Indicator], path: Path | None = None) -> list[Benchmark]:
    """Return every published figure. Raises DefinitionError listing every row that will not do."""
    path = path or settings.reference() / FILE
    known = {i.benchmark or i.id for i in indicators} | {i.id for i in indicators}
    found, problems = reference.read(path, COLUMNS, lambda row: _benchmark(row, known))
    for line, earlier, one in reference.said_again(found, lambda one: one.key):
        problems.append(
            f"{path.name} line {line}: {one.measure} has its figure of "
            f"{one.authority or one.area} for {one.year} in line {earlier} already."
        )
    if problems:
        raise DefinitionError("\n".join(problems))
    return list(found.values())


def take(actor: Actor, newer: Path, indicators: Collection[Indicator]) -> Taken:
    """Put the file `newer` in the place of the one in use, and return what that changed.

    It is checked first: a file that will not do changes nothing. Raises AccessError without the
    right to publish, and DefinitionError listing all that is wrong with it by line.
    """
    actor.must(Right.LOAD_AND_PUBLISH)
    now = read(indicators, newer)
    if not now:
        raise DefinitionError(f"{newer.name} has no figure in it.")
    there = settings.reference() / FILE
    before = {one.key: one.value for one in read(indicators, there)}
    after = {one.key: one.value for one in now}
    arriving = there.with_name(f".{FILE}")
    arriving.write_bytes(newer.read_bytes())
    arriving.replace(there)
    return Taken(
        now=now,
        new=len(after.keys() - before.keys()),
        changed=sum(before[key] != after[key] for key in after.keys() & before.keys()),
        gone=len(before.keys() - after.keys()),
        newest_year=max(one.year for one in now),
    )


def unused(indicators: Collection[Indicator], benchmarks: Iterable[Benchmark]) -> list[str]:
    """Return, for each measure that no indicator is compared with, that it is shown nowhere."""
    shown = {indicator.benchmark or indicator.id for indicator in indicators}
    numbers = Counter(one.measure for one in benchmarks if one.measure not in shown)
    return [
        f"{FILE}: {measure} ({words.count(number, 'figure')}) is no indicator's benchmark, and is "
        "shown nowhere."
        for measure, number in sorted(numbers.items())
    ]


def published(
    benchmarks: Iterable[Benchmark], indicator: Indicator, *, authority: str, until: date
) -> list[Published]:
    """Set side by side what `benchmarks`, all of `indicator`, say of each period ended by `until`.

    Oldest first. `authority` is the name whose own figures, rank and neighbours are wanted.
    """
    years: dict[int, list[Benchmark]] = {}
    for one in benchmarks:
        if one.authority in ("", authority) and _period_end(indicator, one.year) <= until:
            years.setdefault(one.year, []).append(one)
    return [_set_side_by_side(indicator, year, years[year]) for year in sorted(years)]


def _set_side_by_side(indicator: Indicator, year: int, rows: list[Benchmark]) -> Published:
    values = {one.area: one.value for one in rows}
    ranks = [one.authorities for one in rows if one.area is Area.RANK]
    return Published(
        period_end=_period_end(indicator, year),
        unit=rows[0].unit,
        values=values,
        ranked=ranks[0] if ranks else None,
        quarter=_quarter(values, indicator.polarity),
    )


def _quarter(values: dict[Area, Decimal], polarity: Polarity) -> str:
    """Return which quarter of England's authorities our own value lies in, as LAIT bands them.

    On a cut point a value belongs to the band below it: the better one where lower is better.
    """
    cuts = (Area.LOWER, Area.MEDIAN, Area.UPPER)
    if polarity is Polarity.NEITHER or not values.keys() >= {Area.OWN, *cuts}:
        return ""
    above = sum(values[Area.OWN] > values[cut] for cut in cuts)
    best_first = above if polarity is Polarity.LOWER else 3 - above
    which = ("top", "second", "third", "bottom")[best_first]
    return f"{which} quarter of authorities in England"


def _period_end(indicator: Indicator, year: int) -> date:
    """Return the end of a published year: 31 March; the workforce is counted on 30 September."""
    return date(year, 9, 30) if indicator.area == "workforce" else date(year, 3, 31)


def _benchmark(row: dict[str, str], known: Collection[str]) -> Benchmark:
    if row["indicator"] not in known and not row["indicator"].endswith("_rate"):
        near = did_you_mean(row["indicator"], known)
        raise ValueError(f"no indicator or benchmark is called {row['indicator']!r}.{near}")
    area, authority = _area(row["area"])
    return Benchmark(
        measure=row["indicator"],
        unit=row["unit"],
        year=int(_number(row["period"], "period", "a year such as 2025")),
        area=area,
        authority=authority,
        value=_number(row["value"], "value", "a number such as 85.7"),
        authorities=int(_number(row["authorities"], "authorities", "a whole number"))
        if row["authorities"]
        else None,
    )


def _area(text: str) -> tuple[Area, str]:
    if text in (Area.OWN, Area.RANK, ""):
        raise ValueError("area must be the name of an area, such as England or Havering.")
    if text.endswith(RANK):
        return Area.RANK, text.removesuffix(RANK).strip()
    if text in list(Area):
        return Area(text), ""
    near = get_close_matches(text, list(map(str, Area)), n=1, cutoff=0.8)
    if near:  # no authority's name is so like an area's
        raise ValueError(f"area is {text!r}. Did you mean {near[0]!r}?")
    return Area.OWN, text


def _number(text: str, name: str, wanted: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        raise ValueError(f"{name} must be {wanted}.")
    return value
