"""Narratives to judge the checks by: what an author wrote, of which figures, and what is wrong.

Each file beside this one has facts, by name, and cases in three parts: sentences about figures,
words that could say who a child is, and whole narratives. Everybody and everything is made up.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpi import calendar, catalogue, judgement, narrative, points, rates, words
from kpi.basis import Basis
from kpi.benchmarks import Area, Published
from kpi.cards import Card
from kpi.catalogue import Indicator, Kind
from kpi.measures import Sum
from kpi.organisation import Place
from kpi.points import Point
from kpi.rates import Population
from kpi.targets import Source, Target, standing
from kpi.words import Unit

FOLDER = Path(__file__).parent
FILES = ("corpus_first", "corpus_second")
PARTS = ("sentence", "identifying", "narrative")
KINDS = ("number", "direction", "repeated", "no_action", "past_date", "identifying")
AUTHORITY = "311"
INDICATORS = catalogue.read_all()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One indicator's figures at one place, up to the month that is written about."""

    name: str
    indicator: Indicator
    month: date
    service_area: str | None  # None: the whole service
    today: date  # the day on which the author writes
    sums: tuple[Sum, ...]  # of each month, the oldest first and `month` last
    targets: tuple[Target, ...]
    areas: Mapping[str, Sum]  # of the month in other service areas; the whole by its own name
    published: tuple[Published, ...]
    population: Population | None  # that a count is set against
    last_month: Mapping[str, str]  # what was written a month ago, by prompt

    @property
    def months(self) -> list[date]:
        """The months that have figures, oldest first."""
        return calendar.months_between(
            calendar.add_months(self.month, 1 - len(self.sums)), self.month
        )

    @property
    def card(self) -> Card:
        """What the author has in front of them."""
        series = tuple(
            self._point(month, sum) for month, sum in zip(self.months, self.sums, strict=True)
        )
        flow = self.indicator.kind is not Kind.SNAPSHOT
        return self._card(self.service_area, series, self._year_to_date if flow else None)

    @property
    def others(self) -> tuple[Card, ...]:
        """The same indicator and month in other service areas; the whole has none of its own."""
        return tuple(
            self._card(
                None if area == words.WHOLE_SERVICE else area, (self._point(self.month, sum),)
            )
            for area, sum in self.areas.items()
        )

    @property
    def _year_to_date(self) -> Point | None:
        year = Basis.YEAR_TO_DATE.months(self.month)
        if not set(year) <= set(self.months):
            return None
        total = points.add(list(self.sums[-len(year) :]))
        return None if total is None else self._point(self.month, total)

    def _card(
        self, area: str | None, series: tuple[Point, ...], year_to_date: Point | None = None
    ) -> Card:
        return Card(
            indicator=self.indicator,
            place=Place(authority=AUTHORITY, service_area=area),
            basis=Basis.MONTH,
            series=series,
            year_to_date=year_to_date,
            targets=self.targets,
            published=self.published,
            expected=None,
            notes=(),
        )

    def _point(self, month: date, sum: Sum) -> Point:
        value = sum.value(self.indicator)
        goal = standing(self.targets, self.indicator.id, month)
        of = ""
        if sum.denominator is not None:
            over = "÷" if self.indicator.unit is Unit.MEAN else "of"
            of = f"{words.number(sum.numerator)} {over} {words.number(sum.denominator)}"
        rate = None
        if self.population and value is not None:
            rate = rates.rate(
                [self.population],
                self.indicator,
                authority=AUTHORITY,
                count=value,
                month=month,
                months=1,
            )
        return Point(
            month=month,
            sum=sum,
            value=value,
            said=words.say(value, self.indicator.unit, self.indicator.shown_decimals),
            of=of,
            target=goal,
            rating=judgement.rate(value, goal, self.indicator.polarity),
            rate=rate,
        )


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A remark that must come, and the words that it must be about, whole or in part."""

    kind: str
    words: str  # nothing where no words are to blame: an action that is not there


@dataclass(frozen=True, kw_only=True)
class Action:
    """What the author promises, as entered in boxes of their own."""

    what: str
    owner: str
    due: date | None


@dataclass(frozen=True, kw_only=True)
class Marked:
    """Words that the author has marked as from another source."""

    words: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """What somebody wrote, and the remarks that must come of it: these, and no others."""

    file: str
    part: str
    number: int  # its place in its part of the file, from 1
    facts: Facts = field(repr=False)
    prompt: str
    text: str
    expect: tuple[Expected, ...]
    idea: str  # where the case comes from
    actions: tuple[Action, ...]
    back_on_target_by: date | None
    sourced: tuple[Marked, ...]

    @property
    def id(self) -> str:
        """What a test's report calls it: 'corpus_first-sentence-12'."""
        return f"{self.file}-{self.part}-{self.number}"

    @property
    def right(self) -> bool:
        """Whether no remark may come."""
        return not self.expect

    @property
    def texts(self) -> dict[str, str]:
        """The text under its prompt, and nothing under the others."""
        return {p.id: self.text if p.id == self.prompt else "" for p in narrative.PROMPTS}


def facts(file: str) -> dict[str, Facts]:
    """Return the facts of one of FILES, by name."""
    return {name: _facts(name, table) for name, table in _read(file)["facts"].items()}


def cases(*files: str) -> list[Case]:
    """Return the cases of some of FILES, or of all where none is named."""
    found = []
    for file in files or FILES:
        by_name = facts(file)
        tables = _read(file)
        for part in PARTS:
            for number, table in enumerate(tables[part], start=1):
                found.append(_case(file, part, number, table, by_name))
    return found


def _read(file: str) -> dict[str, Any]:
    text = (FOLDER / f"{file}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def _facts(name: str, table: Mapping[str, Any]) -> Facts:
    indicator = INDICATORS[table["indicator"]]
    numerators = table["numerators"]
    people = table.get("population")
    return Facts(
        name=name,
        indicator=indicator,
        month=table["month"],
        service_area=table.get("service_area"),
        today=table["today"],
        sums=tuple(
            _sum(*pair)
            for pair in zip(
                numerators, table.get("denominators", [None] * len(numerators)), strict=True
            )
        ),
        targets=tuple(
            Target(
                indicator=indicator.id,
                from_month=one["from_month"],
                target=Decimal(one["target"]),
                floor=Decimal(one["floor"]),
                source=Source.EXAMPLE,
                agreed_by="",
            )
            for one in table.get("targets", ())
        ),
        areas={area: _sum(*pair) for area, pair in table.get("areas", {}).items()},
        published=tuple(
            Published(
                period_end=one["period_end"],
                unit=one["unit"],
                values={Area(area): Decimal(value) for area, value in one["values"].items()},
                ranked=None,
                quarter="",
            )
            for one in table.get("published", ())
        ),
        population=Population(authority=AUTHORITY, group=indicator.rate_population, **people)
        if people
        else None,
        last_month=table.get("last_month", {}),
    )


def _sum(numerator: int | Decimal, denominator: int | Decimal | None = None) -> Sum:
    return Sum(
        numerator=Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
    )


def _case(
    file: str, part: str, number: int, table: Mapping[str, Any], by_name: Mapping[str, Facts]
) -> Case:
    mine = by_name[table["facts"]]
    # Where a case is about something else, the author has entered an action that lacks nothing.
    whole = {
        "what": "Go through every late case with its team manager",
        "owner": "Head of Service",
        "due": mine.today + timedelta(days=30),
    }
    return Case(
        file=file,
        part=part,
        number=number,
        facts=mine,
        prompt=table["prompt"],
        text=table["text"],
        expect=tuple(Expected(**one) for one in table["expect"]),
        idea=table["idea"],
        actions=_actions(table.get("actions", [whole])),
        back_on_target_by=table.get("back_on_target_by"),
        sourced=tuple(Marked(**one) for one in table.get("sourced", ())),
    )


def _actions(tables: Sequence[Mapping[str, Any]]) -> tuple[Action, ...]:
    return tuple(
        Action(what=one["what"], owner=one.get("owner", ""), due=one.get("due")) for one in tables
    )
