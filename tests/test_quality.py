"""The quality of a made-up year's narratives, worked by hand in tests/narrative_year.md."""

from datetime import date

import pytest

from kpi import cards, needs, quality
from kpi.needs import Need
from kpi.quality import Counts, Quality, Share
from tests import made_up, stores, years
from tests.years import at

MONTHS = [date(2024, month, 1) for month in range(1, 13)]


@pytest.fixture(autouse=True)
def assigned(reference_of):
    """Who writes, as the year's table has it."""
    reference_of(years.narratives_csv())


def build(store, year) -> Quality:
    return quality.build(
        store,
        year,
        authority=made_up.AUTHORITY,
        months=MONTHS,
        cards_at=lambda place: cards.build(year, place, MONTHS[-1]),
    )


def expected(**wanted: str) -> Counts:
    """Return what the table's rows add up to that have these cells."""
    rows = [
        row
        for row in years.table("quality")
        if all(row[column] == value for column, value in wanted.items())
    ]

    def added(column: str) -> int:
        return sum(int(row[column]) for row in rows)

    return Counts(
        required=added("required"),
        due=added("required"),  # every day of the year's was over by 10 January
        on_time=added("on time"),
        approved=added("approved"),
        short=added("short"),
        owned=added("owned"),
        submitted=added("submitted"),
        passed=added("passed"),
    )


def test_a_year_comes_to_what_was_worked_by_hand_for_each_month_and_place(lived, year):
    found = build(lived, year)

    for month in MONTHS:
        for area in ("North", "Old", "New", None):
            wanted = expected(month=f"{month:%Y-%m}", place=area or years.WHOLE)
            assert found.at(month, area) == wanted, (month, area)
        assert found.in_month(month) == expected(month=f"{month:%Y-%m}")
    for area in ("North", "Old", "New", None):
        assert found.of(area) == expected(place=area or years.WHOLE)
    assert quality.total(line.counts for line in found.lines) == expected()
    assert found.months == MONTHS
    assert found.service_areas == [None, "New", "North", "Old"]


def test_plain_loops_over_the_table_of_narratives_come_to_the_same(lived, year):
    """A second way: from the rows of what was written, without the trail or the assignments."""
    required = _required()
    found = build(lived, year)
    for month in MONTHS:
        for area in ("North", "Old", "New", None):
            counted = dict.fromkeys(("on_time", "approved", "owned", "submitted", "passed"), 0)
            for row in years.table("narratives"):
                about = (row["month"], row["about"], row["place"])
                if (years.month(row["month"]), years.place(row)) != (month, area):
                    continue
                if about not in required:
                    continue
                first = row["history"].removeprefix("submitted ")[:10]
                last_day = LAST_DAYS[row["month"]][0 if area else 1]
                counted["submitted"] += 1
                counted["on_time"] += first <= last_day
                counted["approved"] += "approved" in row["history"]
                counted["passed"] += not row["left"]
                if required[about] == "short":
                    promised = [
                        one
                        for one in row["actions"].split(" / ")
                        if one and one.split(";")[2].strip()
                    ]
                    counted["owned"] += bool(promised)
            counts = found.at(month, area)
            assert {name: getattr(counts, name) for name in counted} == counted, (month, area)


# The 3rd and the 5th working day after each month's end, from a wall calendar of 2024.
LAST_DAYS = {
    "2024-01": ("2024-02-05", "2024-02-07"),
    "2024-02": ("2024-03-05", "2024-03-07"),
    "2024-03": ("2024-04-04", "2024-04-08"),  # Easter Monday is 1 April
    "2024-04": ("2024-05-03", "2024-05-08"),  # 6 May is a holiday
    "2024-05": ("2024-06-05", "2024-06-07"),
    "2024-06": ("2024-07-03", "2024-07-05"),
    "2024-07": ("2024-08-05", "2024-08-07"),
    "2024-08": ("2024-09-04", "2024-09-06"),
    "2024-09": ("2024-10-03", "2024-10-07"),
    "2024-10": ("2024-11-05", "2024-11-07"),
    "2024-11": ("2024-12-04", "2024-12-06"),
    "2024-12": ("2025-01-06", "2025-01-08"),
}


def _required() -> dict[tuple[str, str, str], str]:
    """Return which figures had to be written about: 'short', 'newly on' or 'lost'."""
    found: dict[tuple[str, str, str], str] = {}
    for about, place in [
        ("assessments", years.WHOLE),
        ("conferences", years.WHOLE),
        *(("assessments", area) for area in ("North", "Old", "New")),
    ]:
        rated, last_month = "", ""
        for row in years.table("figures"):
            if about == "conferences":
                cells = [row["conferences"]]
            elif place == years.WHOLE:
                cells = [row["North"], row["Old"], row["New"]]
            else:
                cells = [row[place]]
            counted = [cell.split(" of ") for cell in cells if " of " in cell]
            target = 90 if about == "conferences" or row["month"] >= "2024-04" else 85
            now = ""
            if counted:
                numerator = sum(int(one) for one, _ in counted)
                denominator = sum(int(of) for _, of in counted)
                now = "on" if 100 * numerator >= target * denominator else "short"
            if now == "short":
                found[row["month"], about, place] = "short"
            elif now == "on" and rated == "short":
                found[row["month"], about, place] = "newly on"
            elif "not loaded" in cells and last_month:
                found[row["month"], about, place] = "lost"
            rated, last_month = now or rated, now
    return found


def test_a_past_month_had_to_be_written_about_as_its_own_round_had_it(year):
    """A later month's series says the same of a month as the cards of that month did."""
    said = needs.required(
        year,
        authority=made_up.AUTHORITY,
        months=MONTHS[:-1],
        cards_at=lambda place: cards.build(year, place, MONTHS[-1]),
    )
    rounds_had = [
        (one.key, one.card.latest.rating, one.due)
        for month in MONTHS[:-1]
        for one in needs.asked(
            year,
            authority=made_up.AUTHORITY,
            month=month,
            cards_at=lambda place, month=month: cards.build(year, place, month),
        )
        if one.need is Need.REQUIRED
    ]
    assert len(rounds_had) > 30

    def in_order(found) -> list:
        return sorted(found, key=repr)

    assert in_order((one.key, one.rating, one.due) for one in said) == in_order(rounds_had)


def test_before_anything_is_written_nothing_is_due_until_its_day_is_over(tmp_path, year):
    empty = stores.at(tmp_path / "empty.sqlite")
    due = {
        day: build(at(empty, years.moment(day)), year).in_month(MONTHS[-1]).due
        for day in ("2025-01-06", "2025-01-07", "2025-01-08", "2025-01-09")
    }
    assert due == {"2025-01-06": 0, "2025-01-07": 1, "2025-01-08": 1, "2025-01-09": 3}


def test_counts_are_said_as_so_many_of_so_many_and_never_as_a_mean(lived, year):
    shares = build(lived, year).in_month(date(2024, 3, 1)).shares

    assert {name: share.said for name, share in shares.items()} == {
        "On time": "2 of 4",
        "Approved": "3 of 4",
        "With an action, owner and date": "1 of 2",
        "Passed their checks": "3 of 3",
    }
    assert Share(count=0, of=0).said == "–"
