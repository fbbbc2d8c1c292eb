"""Numbers: every figure that a sentence says, with its shape, and what is no figure at all.

No figures are: dates and times of day, ages, durations and distances, money, sections of Acts, the
numbers of teams, rooms, years at school and plans, codes, links, and a few members of staff in
words. What is left is held against the indicator's figures, the number of anything else too: an
author who has counted 12 audits has them from somewhere, and can say from where.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from kpi.proofing.counted import PEOPLE, RECORDS, STAFF, Counted
from kpi.proofing.numerals import PARTS, Numeral, numeral
from kpi.proofing.times import Time
from kpi.proofing.tokens import Mark, Token, listed


class Shape(Enum):
    """What a number is said to be."""

    PERCENT = "a percentage"
    POINTS = "a difference of percentages"
    COUNT = "a plain number"
    PAIR = "so many of so many"
    SHARE = "a share in words"
    RATE = "so many per 10,000"


class Hedge(Enum):
    """How exactly a number is meant."""

    NONE = ""
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Number:
    """One figure that a sentence says, from its first token to before its last."""

    first: int
    after: int
    shape: Shape
    value: Decimal
    of: Decimal | None = None  # of a pair or a share: the whole
    places: int = 0  # decimals written
    hedge: Hedge = Hedge.NONE
    in_words: bool = False
    change: bool = False  # said as a difference: '9 more than', 'up 4%'
    part: bool = False  # of something that is itself a part: 'a third of these'
    all_but: bool = False  # 'all but 17'


_ABOUT = listed("about around roughly approximately circa c ~ approx some near")
_OVER = listed("over above exceeding exceeded exceeds beyond")
_UNDER = listed("nearly almost under below approaching")
_PAIRED: dict[tuple[str, ...], Hedge] = {
    ("more", "than"): Hedge.OVER,
    ("greater", "than"): Hedge.OVER,
    ("higher", "than"): Hedge.OVER,
    ("at", "least"): Hedge.OVER,
    ("no", "less"): Hedge.OVER,
    ("fewer", "than"): Hedge.UNDER,
    ("less", "than"): Hedge.UNDER,
    ("lower", "than"): Hedge.UNDER,
    ("up", "to"): Hedge.NONE,
    ("close", "to"): Hedge.ABOUT,
    ("just", "short"): Hedge.UNDER,
}
_PER_CENT = frozenset(["%", "percent", "pc", "percentage"])
_POINT = listed("point points pp ppt ppts pts pt pps")
_LENGTHS = listed(
    "day days week weeks fortnight fortnights month months year years hour hours minute "
    "minutes night nights term terms weekend weekends mile miles km kilometres metres evening "
    "evenings session sessions daily weekly monthly sq"
)
_OF_LENGTHS = listed(
    "working calendar school full more further consecutive successive additional extra "
    "statutory clear whole long straight of the - – ‑"
)
_CLOCK = listed("am pm a.m p.m noon midnight o'clock")
# A number after one of these is a name.
_LABELS = listed(
    "team teams section sections s ss reg regulation regulations schedule article act day "
    "days year years week phase stage step level tier band grade part paragraph para item "
    "action actions priority objective strand recommendation standard standards appendix "
    "annex page room unit version form chapter no number key ks group cohort class wave "
    "series window block floor suite unit ward no. clause rule table figure figures row point "
    "criterion domain outcome together encompass covid covid-19 rag m a b route bus radio "
    "channel age aged ages area zone ref reference id case ticket nhs upn lcs iso sprint "
    "module question theme q tranche option option gateway milestone workstream project"
)
_LABELS_OF_RETURNS = listed("return guide returns form act census collection")
_MORE = listed(
    "more fewer less additional extra higher lower up down increase rise fall drop decrease "
    "reduction growth above below better worse over short greater improvement decline off "
    "away jump dip climb swing"
)
_BY = listed("by up down")
_CHANGE_OF = listed(
    "increase rise fall drop decrease reduction growth improvement decline gap difference "
    "jump dip change shortfall swing deterioration gain loss"
)
_THESE = listed("them these those")
_JOINS = listed("the its our their those these all every each a total")


def numbers(
    tokens: Sequence[Token], times: Sequence[Time], places: Sequence[range], own: Counted
) -> list[Number]:
    """Return the figures that a sentence says, in order. What `times` and `places` name is none."""
    return _Reader(tokens, times, places, own).read()


class _Reader:
    """Reads one sentence from its first token to its last."""

    def __init__(
        self, tokens: Sequence[Token], times: Sequence[Time], places: Sequence[range], own: Counted
    ) -> None:
        self.tokens = tokens
        self.own = own
        self.named = {at: time.after for time in times for at in range(time.first, time.after)}
        self.changed = False  # whether the figure read last is a difference
        self.named |= {at: place.stop for place in places for at in place}

    def read(self) -> list[Number]:
        found: list[Number] = []
        at = 0
        while at < len(self.tokens):
            if at in self.named:
                at = self.named[at]
                continue
            number, after = self.at(at)
            if number is not None:
                number = self.with_change(self.with_hedge(number))
                self.changed, self.last = number.change, number.after
                found.append(number)
            at = max(after, at + 1)
        return found

    def word(self, at: int) -> str:
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def words(self, first: int, number: int) -> list[str]:
        return [token.word for token in self.tokens[max(first, 0) : max(first, 0) + number]]

    def at(self, at: int) -> tuple[Number | None, int]:
        """Return the figure that begins at a token, if one does, and where to read on."""
        share = self.fraction(at)
        if share is not None:
            return share, share.after
        found = numeral(self.tokens, at)
        if found is None:
            if self.tokens[at].mark is Mark.NUMBER:
                return None, self.glued(at, at + 1)
            return None, at + 1
        if self.named.keys() & set(range(found.first, found.after)):
            return None, at + 1
        after = self.no_figure(found)
        if after:
            return None, after
        number = self.percent(found) or self.pair(found) or self.rate(found) or self.count(found)
        return number, number.after if number else found.after

    def no_figure(self, found: Numeral) -> int:
        """Return where to read on after a number that is no figure; 0 where it may be one."""
        first, after = found.first, found.after
        token = self.tokens[first]
        before, behind = self.word(first - 1), self.word(after)
        if not found.in_words:
            if self.glued(first, after) > after:
                return self.glued(first, after)
            if first and not token.spaced and self.tokens[first - 1].mark is Mark.WORD:
                return after  # s47, M25
            if token.text.startswith("0") and len(token.text) > 1 and token.text[1] not in ".,":
                return after  # a code, a telephone number
            if before in ("£", "€", "$", "#"):
                return after
            if behind in ("million", "m", "k", "bn", "pounds") and self.word(after + 1) != "%":
                return after + 1
            if behind == "/" and self.tokens[after + 1 :][:1] and not self.tokens[after].spaced:
                return after + 2  # 24/7, 9/10
            if behind == ":" and self.word(after + 1).isdigit():
                return after + 2
            if self.list_number(found):
                return after + 1
            if self.clock(found):
                return after
            if self.of_a_return(found) or self.of_a_house(found):
                return after
        if self.label(first) and behind not in _PER_CENT | _POINT:
            return self.labelled(after)
        return self.length(found) or self.age(found)

    def glued(self, first: int, after: int) -> int:
        """Return what comes after letters that stand to digits without a space: 2nd, 8am, 16s."""
        if (
            after < len(self.tokens)
            and not self.tokens[after].spaced
            and self.tokens[after].mark is Mark.WORD
            and self.word(after) not in _POINT | _PER_CENT
        ):
            return after + 1
        return after

    def list_number(self, found: Numeral) -> bool:
        return (
            found.first == 0
            and self.word(1) in (".", ")")
            and len(self.tokens) > 2
            and len(self.tokens[0].text) <= 2
        ) or (found.first == 0 and len(self.tokens) == 2 and self.word(1) in (".", ")"))

    def clock(self, found: Numeral) -> bool:
        behind = self.word(found.after)
        before = self.word(found.first - 1)
        if behind in _CLOCK or (behind.startswith(("am", "pm")) and behind in ("am", "pm")):
            return True
        if behind in ("to", "-", "–") and found.after + 1 < len(self.tokens):
            until = numeral(self.tokens, found.after + 1)
            # A range goes up, and the hours of a day come round: '9 to 5'.
            if until and until.value < found.value <= 12 and not until.places:
                return not self.is_measured(until.after)
        if before in ("to", "-", "–") and found.first >= 2:
            since = self.tokens[found.first - 2]
            if since.mark is Mark.NUMBER and since.text.isdigit() and len(since.text) <= 2:
                return int(since.text) > found.value and not self.is_measured(found.after)
        return (
            before in ("at", "from", "until", "by", "to", "before", "after")
            and found.places == 2
            and found.value < 24
            and found.value % 1 < Decimal("0.6")
            and not self.is_measured(found.after)
        )

    def is_measured(self, after: int) -> bool:
        """Return whether a unit or a thing counted follows."""
        word = self.word(after)
        return word in _PER_CENT | _POINT | PEOPLE | RECORDS

    def of_a_return(self, found: Numeral) -> bool:
        return found.value == 903 or (
            found.value >= 100 and self.word(found.after) in _LABELS_OF_RETURNS
        )

    def of_a_house(self, found: Numeral) -> bool:
        """Return whether it is the number of a house: '14 Acacia Avenue'."""
        street = self.tokens[found.after : found.after + 4]
        return any(
            token.word in STREETS and all(one.capital for one in street[: place + 1])
            for place, token in enumerate(street)
            if place
        )

    def label(self, first: int) -> bool:
        word = self.word(first - 1)
        if word == "." and self.word(first - 2) in ("s", "ss", "no", "reg", "para", "art", "sch"):
            return True
        if word in ("point", "points", "figure", "figures", "day", "days", "case", "number"):
            # 'up by points 3' is nobody's English, 'the figure 96%' is
            return word in ("day", "days", "point") or (
                word in ("case", "number") and self.is_code(first)
            )
        return word in _LABELS

    def is_code(self, at: int) -> bool:
        text = self.tokens[at].text
        return text.isdigit() and len(text) >= 4

    def labelled(self, after: int) -> int:
        """Return what comes after a list of names: 'sections 17, 20 and 47', 'days 41 to 45'."""
        while self.word(after) in (",", "and", "to", "or", "-", "–") and after + 1 < len(
            self.tokens
        ):
            number = numeral(self.tokens, after + 1)
            if number is None or self.is_measured(number.after):
                break
            after = number.after
        return after

    def length(self, found: Numeral) -> int:
        """Return what comes after a duration or a distance: '45 working days', 'two weeks'."""
        after = found.after
        while self.word(after) in ("to", "or", "and", "-", "–") and after + 1 < len(self.tokens):
            number = numeral(self.tokens, after + 1)
            if number is None:
                break
            after = number.after
        for step in range(4):
            word = self.word(after + step)
            if word in ("day", "days") and self.own.days:
                return 0
            if word in _LENGTHS or word.split("-")[0] in _LENGTHS:
                return after + step + 1
            if word not in _OF_LENGTHS:
                break
        word = self.word(found.after)
        if self.own.is_length(int(found.value), word) and word not in PEOPLE | RECORDS:
            return found.after + 1
        if (found.in_words and self.own.is_unit(word)) or word == "times":
            return found.after + 1
        if self.words(found.after, 2) in (["or", "more"], ["or", "fewer"], ["or", "less"]):
            return found.after + 2
        return 0

    def age(self, found: Numeral) -> int:
        """Return what comes after an age: 'aged 16 and 17', 'under 5', '19 to 21 year olds'."""
        if found.value > 25 or found.places:
            return 0
        before = self.words(found.first - 2, 2)
        behind = self.word(found.after)
        if behind in _PER_CENT | _POINT:
            return 0
        if before[-1:] in (["aged"], ["age"], ["ages"], ["turned"], ["turning"], ["turn"]):
            return self.labelled(found.after)
        aged = before[-1:] in (["under"], ["over"], ["above"], ["below"])
        if aged and not self.is_measured(found.after) and behind not in ("of", "in", "out"):
            of_whom = {token.word for token in self.tokens[: found.first]}
            if before[:1] in (["those"], ["children"], ["people"], ["child"], ["are"], ["anyone"]):
                return found.after
            if of_whom & {"aged", "age", "ages"} and found.value <= 25:
                return found.after
        if behind in ("-", "–", "and", "to"):
            number = (
                numeral(self.tokens, found.after + 1)
                if found.after + 1 < len(self.tokens)
                else None
            )
            if number and self.word(number.after).startswith("year"):
                return number.after
        return 0

    def fraction(self, at: int) -> Number | None:
        """Return a share such as 'two thirds', 'half of', 'a quarter more'."""
        first = at
        many = 1
        word = self.word(at)
        if word in ("a", "an", "one") and self.word(at + 1) in PARTS:
            at += 1
        elif word not in PARTS:
            found = numeral(self.tokens, at)
            if not (found and found.in_words and self.word(found.after) in PARTS):
                split = word.split("-")
                if len(split) == 2 and split[1] in PARTS and split[0] in _TWO_TO_NINE:
                    return self._share(first, at + 1, _TWO_TO_NINE[split[0]], PARTS[split[1]])
                return None
            many, at = int(found.value), found.after
        elif word != "half":
            return None
        of, after = PARTS[self.word(at)], at + 1
        if self.named.keys() & set(range(first, after)) or not 0 < many < of:
            return None
        behind = self.word(after)
        if of == 4 and many > 1 and behind not in ("of", "were", "are", "had", "have"):
            return None  # 'three quarters running'
        if behind in ("of", "the", "our", "these", "those", "all") or behind in _MORE:
            ahead = self.words(after, 4)
            if set(ahead) & (_LENGTHS | {"term", "hour", "year", "month"}):
                return None
            return self._share(first, after, many, of)
        if of == 2:
            return self.half(first, after)
        if behind in ("", ".", ",", ";", ")", "were", "was", "are", "is", "had", "have", "did"):
            return self._share(first, after, many, of)
        return None

    def half(self, first: int, after: int) -> Number | None:
        """Return 'half' where it is a share: never of an hour, a term or a year."""
        behind = self.words(after, 2)
        if behind[:1] in (["a"], ["an"]):
            if behind[1:] and behind[1] in PEOPLE | RECORDS:
                return replace(
                    Number(first, after, Shape.COUNT, Decimal("0.5"), places=1, in_words=True),
                    change=True,
                )
            return None
        before = self.word(first - 1)
        if before in ("first", "second", "last", "other", "latter", "next", "-", "and"):
            return None
        if behind[:1] and (behind[0] in PEOPLE | RECORDS or behind[0] in ("were", "are", ".", ",")):
            return self._share(first, after, 1, 2)
        return None

    def _share(self, first: int, after: int, many: int, of: int) -> Number:
        part = self.word(after) == "of" and self.word(after + 1) in _THESE
        return Number(
            first, after, Shape.SHARE, Decimal(many), of=Decimal(of), in_words=True, part=part
        )

    def percent(self, found: Numeral) -> Number | None:
        """Return a percentage or a number of points; nothing where neither follows."""
        after, shape = found.after, None
        word = self.word(after)
        if word == "-" and self.word(after + 1) in _POINT | {"percentage"}:
            after += 1
            word = self.word(after)
        if word == "per" and self.word(after + 1) == "cent":
            after, shape = after + 2, Shape.PERCENT
        elif word in _PER_CENT:
            shape = Shape.PERCENT
            after += 1
        if self.word(after) in _POINT and (shape is not None or word in _POINT):
            after, shape = after + 1, Shape.POINTS
        if shape is None:
            return None
        return Number(
            found.first,
            after,
            shape,
            found.value,
            places=found.places,
            in_words=found.in_words,
            change=shape is Shape.POINTS,
        )

    def pair(self, found: Numeral) -> Number | None:
        """Return 'so many of so many': '23 of 24', 'six of the seven', 'nine in ten'."""
        at = found.after
        while self.word(at) in PEOPLE | RECORDS and at - found.after < 3:
            at += 1  # '23 conferences out of 24'
        if self.words(at, 2) == ["out", "of"]:
            at += 2
        elif self.word(at) in ("of", "in", "from"):
            at += 1
        else:
            return None
        joint = self.word(at - 1)
        every = False
        while self.word(at) in _JOINS:
            every = every or self.word(at) == "every"
            at += 1
        if at >= len(self.tokens) or at in self.named:
            return None
        whole = numeral(self.tokens, at)
        if whole is None or whole.value < found.value or whole.value < 2:
            return None
        if whole.places and joint != "of":
            return None
        if self.no_figure(whole) or self.word(whole.after) in _PER_CENT:
            return None
        if joint == "in" and not (every or whole.in_words or whole.value in _ROUND):
            return None
        if whole.value in (1000, 10_000, 100_000) and joint == "in":
            return self.as_rate(found, whole)
        if joint == "from":
            return None
        share = joint == "in"
        if (
            share
            and self.word(found.first - 1) == "than"
            and self.word(found.first - 2)
            not in (
                "more",
                "less",
                "fewer",
                "greater",
                "rather",
                "higher",
                "lower",
                "better",
            )
        ):
            return None  # 'a decision in three weeks is easier than one in five'
        return Number(
            found.first,
            whole.after,
            Shape.SHARE if share else Shape.PAIR,
            found.value,
            of=whole.value,
            in_words=found.in_words,
        )

    def rate(self, found: Numeral) -> Number | None:
        if self.word(found.after) != "per" or found.after + 1 >= len(self.tokens):
            return None
        whole = numeral(self.tokens, found.after + 1)
        return self.as_rate(found, whole) if whole and whole.value >= 100 else None

    def as_rate(self, found: Numeral, whole: Numeral) -> Number:
        return Number(
            found.first,
            whole.after,
            Shape.RATE,
            found.value,
            of=whole.value,
            places=found.places,
        )

    def count(self, found: Numeral) -> Number | None:
        """Return a plain number; nothing for words such as 'one' that count nothing here."""
        if found.in_words and not self.counts(found):
            return None
        staff = self.of_staff(found.after) and found.value <= 12
        if staff and (found.in_words or not self.own.staff):
            return None
        number = Number(
            found.first,
            found.after,
            Shape.COUNT,
            found.value,
            places=found.places,
            in_words=found.in_words,
        )
        return self.all_of(number) or replace(
            number, all_but=self.words(found.first - 2, 2) == ["all", "but"]
        )

    def counts(self, found: Numeral) -> bool:
        """Return whether a number in words is one of children or of their records.

        In words people also say how many managers, meetings and beds there are, and that one thing
        led to another; only what follows can tell.
        """
        word, behind = self.word(found.first), self.words(found.after, 4)
        before = self.word(found.first - 1)
        if behind[:1] == ["of"] and behind[1:2] and behind[1] in _THESE | {"the"}:
            if word == "one":
                return False
            return behind[1] in _THESE or bool(set(behind[2:]) & (PEOPLE | RECORDS))
        if word in ("one", "none", "zero", "nil"):
            return self.one_counts(found, before, behind)
        for step, following in enumerate(behind):
            if following in PEOPLE | RECORDS or self.own.counts(following):
                token = self.tokens[found.after + step]
                return not token.possessive
            if following in (*_MORE, "in") and step == 0:
                return True
            if following in _STOPS:
                break
        return before in ("was", "were", "is", "are") and behind[:1] in ([], ["."], [","], [";"])

    def one_counts(self, found: Numeral, before: str, behind: list[str]) -> bool:
        if before == "but" and self.word(found.first - 2) == "all":
            return True
        late = {token.word for token in self.tokens[found.after :]} & _LATE
        if behind[:1] and (behind[0] in RECORDS & self.own.words or behind[0] in PEOPLE) and late:
            return before not in ("than", "only", "every", "each")
        if before in ("was", "were", "only", "just") and behind[:1] in ([], ["."], [","], [";"]):
            return True
        return bool(
            behind[:1]
            and behind[0] in ("was", "were")
            and late
            and before not in ("no", "that", "this", "which", "first", "last", "only")
            and found.first == 0
        )

    def of_staff(self, after: int) -> bool:
        """Return whether people who work here follow, where the indicator does not count them."""
        for token in self.tokens[after : after + 4]:
            if token.word in STAFF:
                return True
            if token.word in PEOPLE | RECORDS and not token.possessive:
                return False
            if token.word in _STOPS:
                return False
        return False

    def all_of(self, number: Number) -> Number | None:
        """Return 'all 24' as 24 of 24, where what it says of them is what the indicator counts."""
        before = self.words(number.first - 2, 2)
        if "all" not in before[-1:] and before != ["all", "the"] and before != ["all", "of"]:
            return None
        said = {token.word for token in self.tokens[number.after : number.after + 10]}
        if not said & _IN_TIME:
            return None
        return replace(number, shape=Shape.PAIR, of=number.value)

    def with_hedge(self, number: Number) -> Number:
        hedge = Hedge.NONE
        before = (
            self.words(number.first - 2, 2) if number.first > 1 else self.words(0, number.first)
        )
        last = before[-1] if before else ""
        if tuple(before) in _PAIRED:
            hedge = _PAIRED[tuple(before)]
        elif last in _ABOUT:
            hedge = Hedge.ABOUT
        elif last in _OVER or (last in ("than",) and before[:1] in (["little"], ["slightly"])):
            hedge = Hedge.OVER
        elif last in _UNDER:
            hedge = Hedge.UNDER
        return replace(number, hedge=hedge)

    def with_change(self, number: Number) -> Number:
        """Mark a number that is said as a difference: 'up 95', '11 more than', 'a 25% rise'."""
        if number.shape in (Shape.PAIR, Shape.RATE) or number.change:
            return number
        first = number.first
        while self.word(first - 1) in _ABOUT | _OVER | _UNDER | {
            "than",
            "more",
            "least",
            "at",
            "a",
        }:
            first -= 1
        before, behind = self.word(first - 1), self.words(number.after, 2)
        change = before in _BY or (
            before in ("of", "is", "was") and self.word(first - 2) in _CHANGE_OF
        )
        change = change or bool(behind[:1] and behind[0] in _MORE)
        if behind[:1] == ["on"] and number.after + 1 in self.named and self.changed:
            change = True  # 'up 4.6 points on the month and 44.5 on the year'
        if before in ("up", "down") and self.word(first) == "to":
            change = False
        if (
            behind[:1]
            and behind[0] in ("above", "below", "over", "short")
            and number.shape in (Shape.COUNT,)
            and not number.in_words
            and behind[1:] in (["45"], ["15"], ["20"])
        ):
            change = False
        if number.shape is Shape.SHARE and not (behind[:1] and behind[0] in _MORE):
            change = False
        return replace(number, change=change)


STREETS = listed(
    "road street avenue close lane drive way gardens crescent court place terrace grove "
    "square hill walk row mews park green rise parade gardens house"
)
_TWO_TO_NINE = {
    word: value
    for value, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine"], start=2
    )
}
_ROUND = frozenset(
    map(Decimal, (3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10_000, 100_000))
)
_STOPS = listed(", . ; : ( ) and or but who which that is are was were to")
_LATE = listed("late missed overdue outside over out not beyond breached exceeded after inquorate")
_IN_TIME = listed(
    "time within held completed reviewed seen visited supervised up-to-date date on settled "
    "in-time returned suitable"
)
