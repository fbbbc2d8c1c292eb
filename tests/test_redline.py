"""What has changed between two versions of a narrative."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kpi.narrative import Action, Words
from kpi.redline import Change, Piece, redlines
from tests import stores

TEXT = st.text(alphabet="ab \n", max_size=60)


def changes(before: Words, after: Words) -> dict[str, list[tuple[Change, str]]]:
    return {
        one.heading: [(piece.change, piece.text) for piece in one.pieces]
        for one in redlines(before, after)
    }


def test_only_headings_with_a_change_are_shown_word_by_word():
    before = stores.words("The same", "Two teams were short.", "Nothing yet")
    after = stores.words("The same", "Three teams were short.", "Nothing yet")
    assert changes(before, after) == {
        "Why": [
            (Change.REMOVED, "Two "),
            (Change.ADDED, "Three "),
            (Change.KEPT, "teams were short."),
        ]
    }


def test_a_promise_that_is_made_moved_or_dropped_is_a_change():
    promise = Action(what="Recruit", owner="Head", due=date(2025, 1, 31))
    later = Action(what="Recruit", owner="Head", due=date(2025, 2, 28))
    before = replace(stores.words("Late"), actions=(promise,))
    after = replace(before, actions=(later,), back_on_target_by=date(2025, 3, 31))
    assert changes(before, after) == {
        "Actions": [
            (Change.KEPT, "Recruit (Head, by "),
            (Change.REMOVED, "31 January "),
            (Change.ADDED, "28 February "),
            (Change.KEPT, "2025)"),
        ],
        "Back on target by": [(Change.ADDED, "March 2025")],
    }


@given(TEXT, TEXT)
def test_the_old_text_and_the_new_one_can_both_be_read_from_it(old, new):
    pieces: list[Piece] = []
    for one in redlines(stores.words(old), stores.words(new)):
        pieces += one.pieces
    was = "".join(one.text for one in pieces if one.change is not Change.ADDED)
    stands = "".join(one.text for one in pieces if one.change is not Change.REMOVED)
    assert (was, stands) == (("", "") if old == new else (old, new))
