import inspect
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing.pool import ThreadPool
from time import monotonic

import pytest

from kpi import drafts as drafting
from kpi import narrative
from kpi import revisions as saving
from kpi.drafts import DraftConflictError
from kpi.errors import AccessError, StoreError
from kpi.narrative import PROMPTS, NarrativeError, Words
from kpi.revisions import ConflictError
from kpi.store import drafts, revisions
from tests import stores
from tests.stores import (
    ANALYST,
    AUTHOR,
    FIGURE,
    KEY,
    LEADER,
    MANAGER,
    SECOND_AUTHOR,
    VISITOR,
    texts,
    words,
)

NOW = datetime(2024, 12, 3, 9, 30, tzinfo=UTC)
FIRST = words(figures="115 of 120 were in time.", why="Two chairs were away in October.")
SECOND = words(figures="115 of 120 were in time.", why="A chair was away, and bookings ran late.")


@pytest.fixture
def store(any_store):
    return any_store


def save(store, written, *, based_on, actor=AUTHOR, key=KEY, token="press 1", draft=None):
    return saving.save(
        store,
        actor,
        key,
        written,
        based_on=based_on,
        figure=FIGURE,
        release="2024-11",
        token=token,
        draft=draft and draft.saved_at,
    )


def keep(store, actor, key, written, *, based_on, seen=None):
    return drafting.keep(
        store, actor, key, written, based_on=based_on, figure=FIGURE, seen=seen and seen.saved_at
    )


def test_the_four_prompts_ask_what_why_what_next_and_what_for():
    assert [prompt.heading for prompt in PROMPTS] == [
        "What the figures show",
        "Why",
        "What we are doing",
        "What will be different for children",
    ]
    for table in (revisions, drafts):
        kept = [column.name for column in table.c if column.name in texts()]
        assert kept == [prompt.id for prompt in PROMPTS]


def test_a_saved_narrative_says_who_wrote_it_when_and_beside_which_figures(store):
    before = datetime.now(UTC)
    saved = save(store, FIRST, based_on=0)
    assert (saved.number, saved.based_on, saved.author) == (1, 0, "Test author")
    assert (saved.words, saved.release) == (FIRST, "2024-11")
    assert before <= saved.saved_at <= datetime.now(UTC)
    assert saved.saved_at.utcoffset() == timedelta(0)
    assert stores.latest(store, KEY) == saved


def test_every_version_stays_in_the_history(store):
    first = save(store, FIRST, based_on=0)
    second = save(store, SECOND, based_on=1, actor=MANAGER)
    assert saving.history(store, KEY) == [first, second]
    assert stores.latest(store, KEY) == second
    assert (second.number, second.based_on, second.author) == (2, 1, "Test manager")


@pytest.mark.parametrize(
    "other",
    [
        {"indicator": "placed_over_20_miles"},
        {"month": date(2024, 10, 1)},
        {"authority": "312"},
        {"service_area": "Assessment"},
    ],
)
def test_a_narrative_belongs_to_one_indicator_month_and_place(store, other):
    elsewhere = replace(KEY, **other)
    save(store, FIRST, based_on=0)
    assert stores.latest(store, elsewhere) is None
    assert save(store, SECOND, based_on=0, key=elsewhere).number == 1
    assert stores.latest(store, KEY).words == FIRST


def test_a_month_is_named_by_its_first_day():
    with pytest.raises(ValueError, match="first day, not 2024-11-30"):
        replace(KEY, month=date(2024, 11, 30))


def test_a_save_from_an_older_version_is_refused_and_both_texts_are_kept(store):
    save(store, FIRST, based_on=0)
    newer = save(store, SECOND, based_on=1, actor=SECOND_AUTHOR)
    mine = words(figures="115 of 120.", why="Late bookings.")
    keep(store, AUTHOR, KEY, mine, based_on=1)
    with pytest.raises(ConflictError, match="Second author saved another version") as refused:
        save(store, mine, based_on=1, token="press 2")
    assert refused.value.current == newer
    assert refused.value.yours == mine
    assert len(saving.history(store, KEY)) == 2
    assert drafting.mine(store, AUTHOR, KEY).words == mine
    agreed = save(store, mine, based_on=refused.value.current.number, token="press 3")
    assert [revision.words for revision in saving.history(store, KEY)] == [FIRST, SECOND, mine]
    assert agreed.number == 3


def test_a_save_from_a_version_that_a_restored_store_no_longer_has_is_refused(store):
    save(store, FIRST, based_on=0)
    with pytest.raises(ConflictError):
        save(store, SECOND, based_on=7)


def test_repeating_a_save_whose_answer_was_lost_does_not_double_it(store):
    first = save(store, FIRST, based_on=0)
    assert save(store, FIRST, based_on=0) == first
    save(store, SECOND, based_on=1, actor=SECOND_AUTHOR)
    assert save(store, FIRST, based_on=0) == first  # still answered, though no longer the last
    assert len(saving.history(store, KEY)) == 2


def test_a_token_used_again_for_other_words_loses_none_of_them(store):
    for number, written in enumerate([FIRST, SECOND, FIRST]):
        save(store, written, based_on=number, token="the same")
    kept = [revision.words for revision in saving.history(store, KEY)]
    assert kept == [FIRST, SECOND, FIRST]


def test_saving_the_words_that_stand_makes_no_new_version(store):
    first = save(store, FIRST, based_on=0)
    assert save(store, FIRST, based_on=1, token="press 2") == first
    assert save(store, FIRST, based_on=0, actor=SECOND_AUTHOR, token="press 3") == first
    assert saving.history(store, KEY) == [first]


@pytest.mark.parametrize("nothing", ["", "  \n\t", "\u00a0"])
def test_a_narrative_with_nothing_in_it_is_not_saved(store, nothing):
    with pytest.raises(NarrativeError, match="There is nothing to save yet: write under"):
        save(store, words(figures=nothing), based_on=0)
    assert saving.history(store, KEY) == []


def test_a_narrative_may_be_taken_back_and_its_words_stay_in_the_history(store):
    save(store, FIRST, based_on=0)
    assert save(store, words(), based_on=1).blank
    assert stores.latest(store, KEY).blank
    assert saving.history(store, KEY)[0].words == FIRST
    with pytest.raises(NarrativeError, match="nothing to save"):
        save(store, words(why=" "), based_on=2)


HOSTILE = {
    "emoji": "👩🏽‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 𝒜",
    "right-to-left override": "paid \u202e05.69%\u202c of \u2066120\u2069",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)><iframe srcdoc='<b>'>",
    "tracker": "![](http://tracker.test/p.gif) [x](javascript:alert(1)) $\\href{javascript:a}{b}$",
    "formula": '=HYPERLINK("http://evil.test","x")\n+1\n-1\n@SUM(1)\n=cmd|\' /C calc\'!A0',
    "query": "'); drop table narrative_revisions; -- ? %s :name {x}",
    "spaces": "  two before,\ttab,\r\nWindows line, no-break\u00a0space, one after \n\n",
    "marks": "e\u0301 is not é; \ufeff; \u200b; \u200d; \u2028; Zalgo ẗ̴̢̛͓ͅ",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_words_are_kept_exactly_as_they_were_typed(store, hostile):
    given = words(figures=hostile, why=hostile, actions=hostile, difference=hostile)
    keep(store, AUTHOR, KEY, given, based_on=0)
    assert drafting.mine(store, AUTHOR, KEY).words == given
    assert save(store, given, based_on=0).words == given
    assert stores.latest(store, KEY).words == given
    in_bytes = "cast(actions as blob)"
    if stores.in_postgresql(store):
        in_bytes = "convert_to(actions, 'UTF8')"
    with closing(stores.other_program(store)) as other:
        (found,) = other.execute(f"select {in_bytes} from narrative_revisions").fetchone()
    assert found == hostile.encode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("NUL\x00 and bell\x07 and escape\x1b[31m", "NUL and bell and escape[31m"),
        ("Word's line\vand page\fand next\x85break", "Word's line\nand page\nand next\nbreak"),
        ("half an emoji \ud83d, delete \x7f, C1 \x9b", "half an emoji , delete , C1 "),
        ("tab\tand line\r\nends stay\n", "tab\tand line\r\nends stay\n"),
    ],
)
def test_characters_that_nothing_can_print_go_and_word_s_breaks_become_lines(store, typed, kept):
    assert narrative.clean(typed) == kept
    assert save(store, words(why=typed), based_on=0).words == words(why=kept)
    assert keep(store, AUTHOR, KEY, words(why=typed), based_on=0).words == words(why=kept)


@pytest.mark.parametrize("letter", ["x", "👩"])
def test_a_text_of_5000_characters_is_saved_and_a_longer_one_is_refused_whole(store, letter):
    assert save(store, words(why=letter * 5_000), based_on=0).texts["why"] == letter * 5_000
    with pytest.raises(NarrativeError) as refused:
        save(store, words(why=letter * 5_001, actions=letter * 20_000), based_on=1)
    assert str(refused.value) == (
        "“Why” has 5,001 characters, and the most is 5,000. "
        "“What we are doing” has 20,000 characters, and the most is 5,000. "
        "Nothing has been cut and nothing saved: shorten it in the box."
    )
    assert len(saving.history(store, KEY)) == 1


def test_a_paste_that_is_too_long_survives_as_a_draft_until_it_is_shortened(store):
    long = words(why="x" * 20_000)
    keep(store, AUTHOR, KEY, long, based_on=0)
    assert drafting.mine(store, AUTHOR, KEY).words == long
    with pytest.raises(NarrativeError, match="50,001 characters, and the most is 50,000"):
        keep(store, AUTHOR, KEY, words(why="x" * 50_001), based_on=0)
    assert drafting.mine(store, AUTHOR, KEY).words == long


@pytest.mark.parametrize("wrong", [{"why": "x"}, texts() | {"hearsay": "x"}])
def test_a_prompt_that_is_missing_or_unknown_is_a_fault_of_ours(store, wrong):
    with pytest.raises(ValueError, match="one text for each prompt"):
        save(store, Words(texts=wrong), based_on=0)


def test_a_draft_is_its_author_s_alone_and_the_last_typed_stands(store):
    first = keep(store, AUTHOR, KEY, words(why="Two ch"), based_on=0)
    keep(store, SECOND_AUTHOR, KEY, words(why="Late"), based_on=0)
    last = keep(store, AUTHOR, KEY, words(why="Two chairs"), based_on=0, seen=first)
    assert drafting.mine(store, AUTHOR, KEY) == last
    assert last.words == words(why="Two chairs")
    assert drafting.mine(store, SECOND_AUTHOR, KEY).words == words(why="Late")
    assert drafting.mine(store, AUTHOR, replace(KEY, service_area="Assessment")) is None
    assert stores.latest(store, KEY) is None
    drafting.drop(store, AUTHOR, KEY, seen=first.saved_at)
    assert drafting.mine(store, AUTHOR, KEY) == last
    drafting.drop(store, AUTHOR, KEY, seen=last.saved_at)
    assert drafting.mine(store, AUTHOR, KEY) is None
    assert drafting.mine(store, SECOND_AUTHOR, KEY) is not None


def test_a_draft_goes_when_its_words_are_saved_and_stays_when_others_are(store):
    keep(store, AUTHOR, KEY, FIRST, based_on=0)
    keep(store, SECOND_AUTHOR, KEY, FIRST, based_on=0)
    save(store, FIRST, based_on=0)
    assert drafting.mine(store, AUTHOR, KEY) is None
    assert drafting.mine(store, SECOND_AUTHOR, KEY) is not None
    keep(store, AUTHOR, KEY, words(why="In another tab"), based_on=1)
    save(store, SECOND, based_on=1, token="press 2")
    assert drafting.mine(store, AUTHOR, KEY).words == words(why="In another tab")


def test_what_an_author_types_in_two_tabs_is_kept_until_they_say_which_stands(store):
    here = keep(store, AUTHOR, KEY, words(why="Two chairs"), based_on=0)
    there = keep(store, AUTHOR, KEY, words(why="Late bookings"), based_on=0, seen=here)
    with pytest.raises(DraftConflictError, match="in another tab") as told:
        keep(store, AUTHOR, KEY, words(why="Two chairs were away"), based_on=0, seen=here)
    assert told.value.kept == there == drafting.mine(store, AUTHOR, KEY)
    with pytest.raises(DraftConflictError):
        keep(store, AUTHOR, KEY, words(why="Two chairs were away"), based_on=0)
    last = keep(store, AUTHOR, KEY, words(why="Two chairs were away"), based_on=0, seen=there)
    assert drafting.mine(store, AUTHOR, KEY) == last
    assert keep(store, AUTHOR, KEY, last.words, based_on=0).words == last.words


def test_a_save_takes_the_older_draft_of_its_own_text_with_it(store):
    older = keep(store, AUTHOR, KEY, words(why="Two ch"), based_on=0)
    save(store, FIRST, based_on=0, draft=older)
    assert drafting.mine(store, AUTHOR, KEY) is None
    other = keep(store, AUTHOR, KEY, words(why="In another tab"), based_on=1)
    save(store, SECOND, based_on=1, token="press 2", draft=older)
    assert drafting.mine(store, AUTHOR, KEY) == other
    with pytest.raises(ConflictError):
        save(store, FIRST, based_on=1, token="press 3", draft=other)
    assert drafting.mine(store, AUTHOR, KEY) == other


def test_a_locked_store_answers_in_time_and_the_same_press_can_be_repeated(store):
    save(store, FIRST, based_on=0)
    busy = r"The store is busy.*Your text is still in the box\. Try again in a minute\."
    with stores.locked(store):
        began = monotonic()
        with pytest.raises(StoreError, match=busy):
            keep(store, AUTHOR, KEY, SECOND, based_on=1)
        with pytest.raises(StoreError, match=busy):
            save(store, SECOND, based_on=1, token="press 2")
        assert monotonic() - began < 5  # both, as when a page does both for one press
        assert stores.latest(store, KEY).words == FIRST
        assert drafting.mine(store, AUTHOR, KEY) is None
    assert save(store, SECOND, based_on=1, token="press 2").number == 2


def test_threads_that_share_a_store_are_never_given_each_other_s_words(store):
    def write_and_read(n):
        mine = replace(KEY, indicator=f"indicator_{n}")
        for number in range(20):
            said = words(why=f"{n}: {number}")
            while True:  # a store that is busy says so, and takes the same press again
                with suppress(StoreError):
                    save(store, said, based_on=number, key=mine, token=f"press {number}")
                    break
            assert stores.latest(store, mine).words == said

    with ThreadPool(8) as pool:
        pool.map(write_and_read, range(8), chunksize=1)


EVERYONE = (VISITOR, LEADER, AUTHOR, MANAGER, ANALYST)
WRITERS = (AUTHOR, MANAGER, ANALYST)
MAY = {
    "history": (EVERYONE, lambda store, _actor: saving.history(store, KEY)),
    "mine": (EVERYONE, lambda store, actor: drafting.mine(store, actor, KEY)),
    "begun": (
        EVERYONE,
        lambda store, _actor: drafting.begun(store, authority="311", month=KEY.month),
    ),
    "save": (WRITERS, lambda store, actor: save(store, SECOND, based_on=1, actor=actor)),
    "keep": (
        WRITERS,
        lambda store, actor: keep(store, actor, KEY, SECOND, based_on=1),
    ),
    "drop": (WRITERS, lambda store, actor: drafting.drop(store, actor, KEY, seen=NOW)),
}

# What other modules call within a transaction of theirs, once they have asked the actor.
WITHIN_A_TRANSACTION = ("add", "newest", "note", "revision")


def test_every_function_of_narratives_says_who_may_call_it():
    public = [
        name
        for module in (drafting, saving)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]
    assert sorted([*MAY, *WITHIN_A_TRANSACTION]) == sorted(public)


@pytest.mark.parametrize("actor", EVERYONE, ids=lambda actor: actor.name)
@pytest.mark.parametrize("name", MAY)
def test_those_who_may_write_can_and_nobody_else_does(store, name, actor):
    save(store, FIRST, based_on=0)
    able, call = MAY[name]
    if actor in able:
        call(store, actor)
        return
    with pytest.raises(AccessError, match=f"{actor.name} may not write narratives"):
        call(store, actor)
    with store.reading() as rows:
        assert len(rows.find(revisions, {})) == 1
        assert rows.find(drafts, {}) == []
