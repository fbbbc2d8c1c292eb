"""Narratives: what the invented authors say of a figure, and how a year of their rounds goes.

The sentences are in narratives.toml. In the first months few are written, many are late, and some
say little; month by month that gets better, so that the evidence of it has something to show.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("narratives.toml")
MONTHS = 12  # of rounds, the last of which is half done


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How well the round of a month goes: so many of one narrative."""

    written: float  # at all, of those that are required
    unasked: float  # of those that are not
    on_time: float
    careful: float  # say why, promise an action, and are not last month's text
    returned: float
    approved: float

    @classmethod
    def of(cls, month: date, last: date) -> "Habits":
        """Return the habits of a month in the year that ends with `last`."""
        before = (last.year - month.year) * 12 + last.month - month.month
        progress = 1 - before / (MONTHS - 1)
        return cls(
            written=0.55 + 0.43 * progress,
            unasked=0.1 * progress,
            on_time=0.45 + 0.5 * progress,
            careful=0.25 + 0.72 * progress,
            returned=0.3 - 0.2 * progress,
            approved=0.7 + 0.29 * progress,
        )


@dataclass(frozen=True, kw_only=True)
class Story:
    """What is said of a figure, but for the figures themselves."""

    figures: str  # with {said}, {of}, {goal}, {rating} and {last}; nothing: the first sentence
    why: str
    doing: str
    difference: str


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something that is promised, and what will have come of it."""

    what: str
    owner: str
    due: date
    fate: str  # kept, late, silent, moved (by the next narrative) or put off (by an answer)

    @property
    def done(self) -> date | None:
        """The day on which it will be done, if it will be."""
        days = {"kept": -3, "late": 5}.get(self.fate)
        return None if days is None else self.due + timedelta(days=days)

    def moves_before(self, day: date) -> bool:
        """Return whether a narrative of `day` that promises it again has another day for it."""
        return self.fate == "moved" or (self.fate == "put off" and self.asked_on < day)

    @property
    def asked_on(self) -> date:
        """The day on which more time is asked for, where it will be."""
        return self.due - timedelta(days=8)

    @property
    def later(self) -> "Deed":
        """The same by another day, by which it is done."""
        due = friday(self.due + timedelta(days=35))
        return Deed(what=self.what, owner=self.owner, due=due, fate="kept")


# How far each narrative of the last month has come; what is not here has not been started.
NOW: dict[tuple[str, str], str] = {
    ("icpc_within_15_days", ""): "approved",
    ("child_protection_visits_on_time", ""): "approved",
    ("health_assessments", ""): "approved",
    ("pathway_plans_up_to_date", ""): "approved",
    ("pathway_plans_up_to_date", "Corporate Parenting"): "approved",
    ("children_in_need_supervised_in_2_months", "Children with Disabilities"): "approved",
    ("three_or_more_placements", ""): "approved",
    ("repeat_plans_ever", ""): "submitted",
    ("dental_checks", ""): "submitted",
    ("children_in_need_three_or_more_social_workers", ""): "submitted",
    ("care_visits_on_time", "Corporate Parenting"): "submitted",
    ("care_visits_on_time", ""): "submitted",
    ("care_reviews_on_time", ""): "returned",
    ("placed_over_20_miles", ""): "draft",
    ("children_in_care_supervised_in_2_months", ""): "draft",
    ("plans_reviewed_on_time", ""): "draft",
    ("immunisations_up_to_date", ""): "draft",
}


def luck(*parts: object) -> float:
    """Return a number from 0 to 1 that is always the same for the same parts."""
    text = " ".join(str(part) for part in parts)
    return int.from_bytes(sha256(text.encode()).digest()[:6]) / 2**48


def story(indicator: str, place: str, month: date, *, short: bool) -> Story:
    """Return what somebody says with care of a figure, which is short of its target or is not."""
    told = _sentences()[indicator]
    turn = month.year * 12 + month.month + int(20 * luck(indicator, place))
    doing = _another(told["doing"], month, turn)
    return Story(
        figures="",
        why=_another(told["why" if short else "met"], month, turn),
        doing=doing if short or luck("doing", place, turn) < 0.5 else "",
        difference=_another(told["difference"], month, turn),
    )


def little(indicator: str, place: str, month: date, *, short: bool) -> Story:
    """Return what somebody says who says little, and much of it again each month."""
    told, again = _sentences()["careless"], int(100 * luck(indicator, place))
    turn = month.year * 12 + month.month + again
    return Story(
        figures=_turn(told["figures"], turn),
        why=_turn(told["why"], again) if short else "",
        doing=_turn(told["doing"], again) if short else "",
        difference=_turn(told["difference"], turn),
    )


def deed(indicator: str, place: str, month: date, *, number: int) -> Deed:
    """Return the `number`th thing that is promised of a figure, first in `month`'s narrative."""
    several = _sentences()[indicator]["actions"]
    what, owner = _turn(several, number + int(100 * luck(indicator, place))).split("; ")
    chance = luck("fate", indicator, place, month)
    fates = [(0.62, "kept"), (0.72, "late"), (0.82, "moved"), (0.88, "put off"), (1, "silent")]
    due = month + timedelta(days=75 + int(40 * luck("due", indicator, place, month)))
    return Deed(
        what=what,
        owner=owner,
        due=friday(due),
        fate=next(fate for most, fate in fates if chance < most),
    )


def friday(day: date) -> date:
    """Return the Friday of a day's week, or the one before it for a weekend."""
    return day + timedelta(days=4 - day.weekday())


def answer(fate: str, *parts: object) -> str:
    """Return what is said of something that was done, was done late or was moved."""
    return _drawn(_sentences()["answers"][fate], parts)


def reason(*parts: object) -> str:
    """Return why a narrative is returned."""
    return _drawn(_sentences()["returned"]["reasons"], parts)


@cache
def _sentences() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _another(sentences: Sequence[str | dict[str, str]], month: date, turn: int) -> str:
    """Return the sentence whose turn it is in a month, and not the one of the month before."""
    before = _then(sentences, month - timedelta(days=1))
    now = _then(sentences, month)
    again = _turn(now, turn) == _turn(before, turn - 1)
    return _turn(now, turn + 1 if again else turn)


def _then(sentences: Iterable[str | dict[str, str]], month: date) -> list[str]:
    """Return the sentences that can be said of a month."""
    found, now = [], f"{month:%Y-%m}"
    for one in sentences:
        if isinstance(one, str):
            found.append(one)
        elif one.get("since", now) <= now <= one.get("until", now):
            found.append(one["text"])
    return found


def _turn(several: Sequence[str], number: int) -> str:
    return several[number % len(several)]


def _drawn(several: Sequence[str], parts: Iterable[object]) -> str:
    return several[int(len(several) * luck(*parts))]
