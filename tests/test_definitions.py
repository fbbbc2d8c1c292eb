"""What is said of an indicator, and which indicators are found by words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi import catalogue, definitions, markup
from kpi.benchmarks import Area, Published
from kpi.cards import Card
from kpi.expectations import Expectation
from kpi.targets import Source
from tests.facts import HIGHER, INDICATORS, LOWER, NEITHER, card, target

EVERY = [card("90", indicator=indicator) for indicator in INDICATORS.values()]


def said(one: Card) -> dict[str, tuple[str, ...]]:
    return dict(definitions.terms(one))


def test_an_indicator_is_defined_by_its_header():
    terms = said(card("96.7"))
    assert terms["The question"] == (HIGHER.question,)
    assert terms["Why it matters to a child"] == (HIGHER.why_it_matters,)
    assert terms["Counted"] == (HIGHER.numerator,)
    assert terms["Out of"] == (HIGHER.denominator,)
    assert terms["Left out"] == (HIGHER.exclusions,)
    assert terms["Read with care"] == (HIGHER.caveats,)
    assert terms["Over what time"][0].startswith("What happens in a month. It can also be read for")
    assert terms["Which way is better"] == ("Higher is better",)
    assert terms["How the published figure differs"] == (HIGHER.benchmark_differs,)
    assert terms["Source"] == (HIGHER.source,)
    assert terms["Owner"] == (HIGHER.owner,)
    assert terms["Last reviewed"] == ("1 November 2026",)
    assert terms["Code"] == ("A01",)


def test_what_there_is_nothing_to_say_about_is_left_out():
    terms = said(card("300", indicator=NEITHER))
    assert "Out of" not in terms  # a plain count
    assert terms.keys().isdisjoint({"Earlier targets", "Off target as expected"})
    assert terms["Which way is better"] == ("Neither. It is shown for context, and not judged",)
    assert terms["Target in November 2024"] == ("No target: shown for context",)
    assert terms["Over what time"][0].startswith("What is true at the month's end.")
    assert said(card("17.6", indicator=LOWER))["Which way is better"] == ("Lower is better",)
    assert "Per 10,000" not in said(card("17.6", indicator=LOWER))


def test_a_target_is_said_with_what_is_close_and_those_before_it_with_their_months():
    targets = (
        target("80", "70", since="2022-04"),
        target("85", "80", since="2023-04"),
        replace(
            target("90", "85", since="2024-04"),
            source=Source.LOCAL,
            agreed_by="Improvement Board, 4 March 2024",
        ),
    )
    terms = said(card("96.7", targets=targets))
    assert terms["Target in November 2024"] == (
        "90% or more. Close to it: 85% or more",
        "Local, agreed by Improvement Board, 4 March 2024",
    )
    assert terms["Earlier targets"] == (
        "April 2023 to March 2024: 85% or more. Close to it: 80% or more",
        "April 2022 to March 2023: 80% or more. Close to it: 70% or more",
    )
    lower = card("17.6", indicator=LOWER, targets=(target("16", "20", indicator=LOWER),))
    assert said(lower)["Target in November 2024"] == (
        "16% or less. Close to it: 20% or less",
        "An example, which nobody has agreed",
    )


def test_a_target_that_is_a_path_says_where_it_stands_and_the_whole_of_it():
    path = tuple(Decimal(65 + 2 * step) for step in range(12))  # 65 in April to 87 in March
    rising = replace(
        target("87", "0"), target=Decimal(87), floor=None, distance=Decimal(-10), profile=path
    )
    assert said(card("70", targets=(rising,)))["Target in November 2024"] == (
        "79% or more. Close to it: within 10 points",  # 65, and seven months on
        "A path from April to March: 65 67 69 71 73 75 77 79 81 83 85 87",
        "An example, which nobody has agreed",
    )


def test_what_is_off_target_as_expected_says_until_when_why_and_by_whose_word():
    expected = Expectation(
        indicator=HIGHER.id,
        from_month=date(2024, 9, 1),
        until_month=date(2025, 3, 1),
        reason="two teams were joined",
        approved_by="Improvement Board",
    )
    assert said(card("70", expected=expected))["Off target as expected"] == (
        "Until March 2025, because two teams were joined",
        "Approved by: Improvement Board",
    )


def test_a_count_says_whom_it_is_set_against_and_that_a_flow_is_of_a_year():
    snapshot = said(card("300", indicator=NEITHER))["Per 10,000"]
    assert snapshot[0].startswith(
        "Also said per 10,000 children aged 0 to 17 who live in the authority: for the whole"
    )
    flow = said(card("339", indicator=INDICATORS["referrals"]))["Per 10,000"]
    assert "who live in the authority, as the rate of a whole year: for" in flow[0]


def test_what_is_published_elsewhere_is_dated():
    published = Published(
        period_end=date(2024, 3, 31),
        unit="percent",
        values={Area.ENGLAND: Decimal("84.5"), Area.OWN: Decimal("73.8")},
        ranked=None,
        quarter="",
    )
    assert said(card("96.7", published=(published,)))["Published elsewhere"] == (
        "The Department for Education's figure, once a year. England 84.5% (2023/24); "
        "This authority 73.8% (2023/24)",
    )


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("dental", {"H01"}),
        ("DENTAL  Completed", {"H01"}),
        ("A01", {"A01"}),
        ("P05", {"P05"}),  # two indicators share it
        ("20 miles", {"L07"}),
        ("children_in_need", {"N01"}),  # an id, and the beginning of others
        ("nothing of the kind", set()),
    ],
)
def test_indicators_are_found_by_words_that_all_stand_in_their_definition(wanted, codes):
    found = definitions.matching(EVERY, wanted)
    assert codes <= {one.indicator.code for one in found}
    assert codes or not found
    for one in found:
        text = markup.definition(one).casefold() + one.indicator.title.casefold()
        assert one.indicator.id == wanted or all(
            word in text or word in one.indicator.short_title.casefold()
            for word in wanted.casefold().split()
        )


def test_an_id_finds_its_indicator_alone_and_no_words_find_them_all():
    for one in EVERY:
        assert definitions.matching(EVERY, one.indicator.id) == [one]
    assert definitions.matching(EVERY, "  ") == EVERY


def test_every_indicator_of_the_catalogue_has_its_definition_under_its_area():
    page = markup.definitions(
        EVERY, every=len(EVERY), opened=lambda card: "", linked=lambda card: "", all_of=""
    )
    for one in EVERY:
        assert page.count(f'<article id="{one.indicator.id}">') == 1
        assert page.count(f'href="#{one.indicator.id}"') == 1
        assert markup.definition(one) in page
    drawn = [page.index(f"<h2>{title}</h2>") for title in catalogue.AREAS.values()]
    assert drawn == sorted(drawn)


def test_what_is_not_ours_is_escaped():
    odd = replace(HIGHER, title="A <b>title</b>", owner="Head & <i>deputy</i>")
    page = markup.definitions(
        [card("90", indicator=odd)],
        every=2,
        opened=lambda card: "?a=1&b=2",
        linked=lambda card: "?",
        all_of="?",
    )
    assert "A &lt;b&gt;title&lt;/b&gt;" in page
    assert "Head &amp; &lt;i&gt;deputy&lt;/i&gt;" in page
    assert 'href="?a=1&amp;b=2"' in page
