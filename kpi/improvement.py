"""Whether the quality of narratives is improving: each measure now and at first, in sentences.

A month whose round is not over says nothing yet: what is not due in it would count as late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kpi import words
from kpi.quality import Counts, Quality, Share, total


class Way(StrEnum):
    """Which way a measure went."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "as good"
    UNKNOWN = "nothing to compare with"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure of quality, month by month."""

    name: str
    shares: tuple[tuple[date, Share], ...]  # of the months whose rounds are over, oldest first

    @property
    def counted(self) -> list[tuple[date, Share]]:
        """The months in which there was something to count."""
        return [(month, share) for month, share in self.shares if share.of]

    @property
    def way(self) -> Way:
        """Which way it went, from the first month to the last that can be compared."""
        if len(self.counted) < 2:
            return Way.UNKNOWN
        (_, first), (_, last) = self.counted[0], self.counted[-1]
        before, now = first.count * last.of, last.count * first.of
        return Way.SAME if before == now else Way.BETTER if now > before else Way.WORSE

    @property
    def values(self) -> list[Decimal | None]:
        """The shares as numbers from 0 to 1, for drawing."""
        return [Decimal(share.count) / share.of if share.of else None for _, share in self.shares]


@dataclass(frozen=True, kw_only=True)
class Improvement:
    """What the months say of the narratives of one part of the service, or of all of them."""

    months: tuple[tuple[date, Counts], ...]  # oldest first
    measures: tuple[Measure, ...]

    @property
    def over(self) -> list[date]:
        """The months whose rounds are over: all that was required is submitted or past its day."""
        return [month for month, counts in self.months if _over(counts)]

    @property
    def under_way(self) -> list[tuple[date, Counts]]:
        """The months in which something is still to fall due."""
        return [(month, counts) for month, counts in self.months if not _over(counts)]

    @property
    def total(self) -> Counts:
        """The counts of all the months together."""
        return total(counts for _, counts in self.months)

    @property
    def said(self) -> str:
        """Whether quality is improving: '3 of 4 measures are better in …, and 1 is worse.'"""
        compared = [one for one in self.measures if one.way is not Way.UNKNOWN]
        ways = [one.way for one in compared]
        if not ways:
            return "There are not yet two months to compare."
        better, worse = ways.count(Way.BETTER), ways.count(Way.WORSE)
        verdict = "is mixed" if better else "has not changed"
        if better > worse:
            verdict = "is mostly improving" if worse else "is improving"
        elif worse > better:
            verdict = "is not improving"
        spans = {(one.counted[0][0], one.counted[-1][0]) for one in compared}
        when = "than when they were first counted"
        if len(spans) == 1:  # else each measure says its own months
            ((first, last),) = spans
            when = f"in {words.month(last)} than in {words.month(first)}"
        others = [(ways.count(way), way) for way in (Way.WORSE, Way.SAME)]
        rest = " and ".join(f"{count} {_are(count)} {way}" for count, way in others if count)
        of = words.count(len(ways), "measure")
        also = f", and {rest}" if rest else ""
        return f"Quality {verdict}: {better} of {of} {_are(better)} better {when}{also}."


def build(quality: Quality, months: Sequence[date], service_area: str | None) -> Improvement:
    """Return what `months` say of the narratives of a service area, or of all there are.

    Months before the first and after the last in which a narrative was required are left out.
    """
    every = [
        (
            month,
            quality.at(month, service_area) if service_area else quality.in_month(month),
        )
        for month in months
    ]
    while every and not every[0][1].required:
        every.pop(0)
    while every and not every[-1][1].required:
        every.pop()
    over = [(month, counts.shares) for month, counts in every if _over(counts)]
    return Improvement(
        months=tuple(every),
        measures=tuple(
            Measure(name=name, shares=tuple((month, shares[name]) for month, shares in over))
            for name in Counts().shares
        ),
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _over(counts: Counts) -> bool:
    return counts.due == counts.required
