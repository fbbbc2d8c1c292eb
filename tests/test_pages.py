"""Every page draws, for everybody and everywhere; what they look like is for the browser tests."""

import re
import sys
from dataclasses import replace
from datetime import date

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi import access, drafts, figures, releases, revisions, signoff, store, words
from kpi.access import Right
from kpi.basis import Basis
from kpi.cards import HEADLINES
from kpi.narrative import PROMPTS, Action, Key, Sourced, Words
from kpi.organisation import Place
from kpi.points import NO_SUCH_PLACE
from kpi.settings import ROOT
from kpi.widgets.front_door import EVERY_TEAM
from kpi.widgets.glance import INDICATOR
from tests import navigation, packs, promising, stores
from tests.packs import NOVEMBER, OCTOBER

AT_A_GLANCE = "pages/overview/at_a_glance.py"
SCORECARD = "pages/overview/scorecard.py"
WRITE, REVIEW = "pages/narrative/write.py", "pages/narrative/review.py"
WITH_NARRATIVES = (AT_A_GLANCE, SCORECARD, INDICATOR)
PROMISES = "pages/oversight/promises.py"
# Of a service area, whatever its teams; of today or of a year, whatever month is in view.
OVERSIGHT = (PROMISES, "pages/oversight/narrative_quality.py")
PAGES = tuple(listed.file for listed in navigation.PAGES)
PEOPLE = {actor.name: actor for actor in access.DEMONSTRATION}
AUTHOR, SECOND_AUTHOR = "Morgan Ellis (author)", "Sam Okafor (author)"
APPROVER = "Helen Marsh (approver)"
REJECT = "Return to the author"
REAL = {
    "assessments": f"{packs.ASSESSMENTS}\n1,11,2024-11-01,2024-11-29,current,Y,true,assessment_1",
    "children": "child_id,dob\n11,2015-01-01",
}  # of a council's own extract
ASSESSMENTS = Key(indicator="assessments_within_45_days", month=OCTOBER, authority="311")


@pytest.fixture(autouse=True)
def own_main():
    """Give the run its own main module back: AppTest puts app.py's in its place."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture
def app(pack, tmp_path, monkeypatch):
    """The dashboard of the demonstration pack, with a store of its own, not yet opened."""
    monkeypatch.setenv("KPI_DATA", str(pack.data))
    monkeypatch.setenv("KPI_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def opened(app, page=AT_A_GLANCE, **address):
    """Return the app with a page of it drawn. An exception in a page fails the test."""
    for key, said in address.items():
        app.query_params["as" if key == "who" else key] = said
    app.run()
    if page != AT_A_GLANCE:
        app.switch_page(page).run()
    assert not app.exception
    return app


def html(app) -> str:
    """Return all that a page draws in our own markup."""
    return "\n".join(block.proto.body for block in app.get("html"))


def test_every_setting_that_matters_is_known_to_this_streamlit():
    # A setting that Streamlit no longer knows is passed over in silence.
    assert st.get_option("runner.postScriptGC") is False
    assert st.get_option("browser.gatherUsageStats") is False
    assert st.get_option("client.showErrorDetails") == "none"
    assert st.get_option("server.address") == "127.0.0.1"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_draws_for_everybody(app, page, name):
    drawn = opened(app, page, who=name)
    assert drawn.selectbox(key="as").value == name
    if page == INDICATOR:
        actor = PEOPLE[name]
        assert bool(drawn.text_area) is actor.may(Right.WRITE_NARRATIVE)
        labels = {button.label for button in drawn.button}
        assert ("Open the list" in labels) is actor.may(Right.OPEN_RECORDS)
        assert ("Save" in labels) is actor.may(Right.WRITE_NARRATIVE)


@pytest.mark.parametrize("page", PAGES)
def test_every_service_area_team_month_basis_and_organisation_draws(app, page, november):
    def says(*parts: str) -> None:
        """Hold the page to draw, and to say what of the view it is of."""
        assert not drawn.exception
        for part in parts if page not in OVERSIGHT else parts[:1]:
            assert part in html(drawn)

    drawn = opened(app, page)
    areas = {place.service_area: place.team for place in november.places}
    for area, team in areas.items():
        drawn.selectbox(key="area").set_value(area).run()
        drawn.selectbox(key="team").set_value(team).run()
        says(area, team)
    for month in (november.months[0], november.months[-1]):
        drawn.selectbox(key="month").set_value(f"{month:%Y-%m}").run()
        says(area, words.month(month))
    drawn.selectbox(key="organisation").set_value("today").run()
    says(area, "Teams as they are today")
    for basis in Basis:
        drawn.selectbox(key="basis").set_value(basis).run()
        says(area, basis.said)


def test_every_indicator_draws_for_an_author(app, november):
    drawn = opened(app, INDICATOR, who=AUTHOR)
    for id, indicator in november.indicators.items():
        drawn.selectbox(key="id").set_value(id).run()
        assert not drawn.exception
        assert drawn.title[0].value == indicator.title
        assert len(drawn.get("plotly_chart")) == 1


def test_the_first_month_has_nothing_to_compare_with_and_says_so(app, november):
    first = november.months[0]
    drawn = opened(app, INDICATOR, month=f"{first:%Y-%m}")
    assert "with nothing earlier to compare" in html(drawn)
    assert "No figure for" in html(drawn)  # for the month before it


def test_a_service_area_that_no_longer_stands_shows_no_figure_and_why(app):
    said = html(opened(app, area="Safeguarding"))  # until August 2024
    assert f"No figure for November 2024: {NO_SUCH_PLACE}." in said
    # Turnover alone is of a year: somebody left in it, and it is out of nobody.
    assert said.count(NO_SUCH_PLACE.capitalize()) == len(HEADLINES) + 58 - 1
    drawn = opened(app, INDICATOR, area="Safeguarding")
    assert NO_SUCH_PLACE.capitalize() in html(drawn)
    assert f"Safeguarding: {NO_SUCH_PLACE} (November 2024)." in {m.value for m in drawn.markdown}


def test_a_service_area_offers_its_own_teams_and_forgets_those_of_another(app, november):
    drawn = opened(app, area="MASH and Assessment", team="Assessment Team 2")
    assert drawn.selectbox(key="team").value == "Assessment Team 2"
    drawn.selectbox(key="area").set_value("Corporate Parenting").run()
    mine = [p.team for p in november.places if p.service_area == "Corporate Parenting"]
    assert drawn.selectbox(key="team").options == [EVERY_TEAM, *mine]
    assert drawn.selectbox(key="team").value == EVERY_TEAM


def test_the_newest_month_comes_first(app, november):
    months = opened(app).selectbox(key="month").options
    assert months[0] == "November 2024"
    assert len(months) == len(november.months)


def test_the_scorecard_says_how_far_each_narrative_has_come(app):
    drawn = html(opened(app, SCORECARD))
    assert "0 of 24 narratives approved. " in drawn
    assert "24 are still to be submitted" in drawn
    # Of the whole service's figures in November, 18 are short of their targets or newly on them.
    assert drawn.count(">Not started<") == 18
    assert drawn.count(">Not required<") == 58 - 18
    key = Key(indicator="icpc_within_15_days", month=NOVEMBER, authority="311")
    texts = {prompt.id: "" for prompt in PROMPTS} | {"why": "Fewer conferences were put off."}
    revisions.save(
        store.open_store(),
        PEOPLE[AUTHOR],
        key,
        Words(texts=texts),
        based_on=0,
        figure=None,
        release="2024-11",
        token="once",
    )
    drawn = html(app.run())
    assert drawn.count(">Draft<") == 1
    assert drawn.count(">Not required<") == 58 - 18 - 1  # nobody had to write it


def test_nothing_is_written_by_looking(app):
    opened(app, INDICATOR, who=AUTHOR)
    with store.open_store().reading() as rows:
        for table in (store.revisions, store.drafts, store.accesses):
            assert rows.find(table, {}) == []


def test_a_page_without_a_store_still_shows_its_figures(app, tmp_path, monkeypatch):
    (tmp_path / "broken.sqlite").write_text("This is not a store.", encoding="utf-8")
    monkeypatch.setenv("KPI_STORE_URL", f"sqlite:///{tmp_path / 'broken.sqlite'}")
    for page in WITH_NARRATIVES:
        drawn = opened(app, page, who=AUTHOR)
        assert "96.7%" in html(drawn)
        assert "is damaged, or is not a store." in html(drawn)
    for page in (WRITE, REVIEW):
        assert "is damaged, or is not a store." in html(opened(app, page, who=AUTHOR))


def test_an_answer_that_cannot_be_written_is_kept_and_written_once(app, november, tmp_path):
    key = Key(indicator="placed_over_20_miles", month=date(2024, 10, 1), authority="311")
    promised = "Open a home; Head of Commissioning; 2024-12-20"
    kept = store.open_store()
    promising.approved(kept, november, key, promised, day=date(2024, 11, 12))
    drawn = opened(app, PROMISES, who=AUTHOR)
    drawn.session_state["promise answers"].asked = 1  # as the button in the table asks for it
    drawn.run()
    (on,), (note,) = drawn.date_input, drawn.text_area
    on.set_value(date(2024, 12, 10))
    note.set_value("It has opened, with four places.")
    (write,) = (button for button in drawn.button if button.label == "Write it down")
    with stores.locked(tmp_path / "store.sqlite"):
        write.click().run()
        assert "Nothing has been written down." in html(drawn)
        (note,) = drawn.text_area
        assert note.value == "It has opened, with four places."
    (write,) = (button for button in drawn.button if button.label == "Write it down")
    write.click().run()
    assert "Written down as kept: Open a home." in html(drawn)
    with kept.reading() as rows:
        (end,) = rows.find(store.outcomes, {})
    assert (end["outcome"], end["note"]) == ("kept", "It has opened, with four places.")
    assert not drawn.text_area


def test_whoever_may_not_write_can_answer_nothing(app, november):
    key = Key(indicator="placed_over_20_miles", month=date(2024, 10, 1), authority="311")
    promised = "Open a home; Head of Commissioning; 2024-12-20"
    promising.approved(store.open_store(), november, key, promised, day=date(2024, 11, 12))
    drawn = opened(app, PROMISES)  # as the director
    drawn.session_state["promise answers"].asked = 1
    drawn.run()
    assert not drawn.text_area
    assert 'class="answer"' not in html(drawn)
    assert 'class="answer"' in html(opened(app, PROMISES, who=AUTHOR))


def test_no_empty_chart_is_drawn_where_no_month_has_a_figure(app):
    # Corporate Parenting stands from September 2024.
    where = {"area": "Corporate Parenting", "id": "children_in_care"}
    assert not opened(app, INDICATOR, month="2024-08", **where).get("plotly_chart")
    assert opened(app, INDICATOR, month="2024-09", **where).get("plotly_chart")


def press(app, label: str):
    """Press the button of this label, and return the page that is drawn then."""
    (button,) = (one for one in app.button if one.label == label)
    return button.click().run()


def box(app, heading: str):
    """Return the box under one heading of a narrative."""
    (found,) = (one for one in app.text_area if one.label == heading)
    return found


def figure(release, about: Key):
    """Return the figure of a narrative in a release."""
    place = Place(authority="311", service_area=about.service_area)
    return figures.of(packs.card(release, about.indicator, place, about.month))


def submitted(about: Key, release, *, based_on: int = 0, token: str = "once"):
    """Submit one author's words about the figure of a release, and return where they stand."""
    return signoff.submit(
        store.open_store(),
        PEOPLE[AUTHOR],
        about,
        stores.words("Up."),
        based_on=based_on,
        figure=figure(release, about),
        release=release.name,
        token=token,
    )


def test_an_approval_is_held_to_the_release_that_stands_when_the_key_is_pressed(
    app, pack, tmp_path, monkeypatch
):
    published = packs.copy(pack.published, tmp_path)
    monkeypatch.setenv("KPI_DATA", str(tmp_path))
    current = published / "CURRENT"
    current.write_text(pack.folder(OCTOBER).name, encoding="utf-8")
    october = releases.open_release(pack.folder(OCTOBER))
    submitted(ASSESSMENTS, october)
    drawn = opened(app, REVIEW, who=APPROVER, month="2024-10", about=ASSESSMENTS.indicator)
    current.write_text(pack.folder(NOVEMBER).name, encoding="utf-8")
    drawn = press(drawn, "Approve")
    assert "The figure was 94.7% when this was written; it is now 94.8%." in html(drawn)
    assert signoff.standing(store.open_store(), ASSESSMENTS).state is signoff.State.SUBMITTED


def test_words_submitted_again_as_they_stood_are_returned_again_with_another_reason(app, november):
    submitted(ASSESSMENTS, november)
    where = {"who": APPROVER, "month": "2024-10", "about": ASSESSMENTS.indicator}
    drawn = opened(app, REVIEW, **where)
    for number, reason in enumerate(("By when?", "By whom?")):
        assert box(drawn, "Reason for a return").value == ""
        drawn = press(box(drawn, "Reason for a return").set_value(reason).run(), REJECT)
        assert "Returned: Assessments" in html(drawn)
        stands = signoff.standing(store.open_store(), ASSESSMENTS)
        assert (stands.state, stands.returned.reason) == (signoff.State.RETURNED, reason)
        submitted(ASSESSMENTS, november, based_on=1, token=f"again {number}")
        drawn.query_params["about"] = ASSESSMENTS.indicator
        drawn = drawn.run()


@pytest.fixture
def real_beside_a_demonstration(pack, tmp_path, monkeypatch):
    """A published folder where real records stand, with the demonstration of October beside."""
    packs.copy(pack.published, tmp_path, [pack.folder(OCTOBER)])
    monkeypatch.setenv("KPI_DATA", str(tmp_path))
    packs.load(tmp_path / "incoming", REAL)
    packs.publish()
    return pack.folder(OCTOBER).name


def test_nobody_is_an_invented_person_where_real_narratives_are_kept(
    app, real_beside_a_demonstration
):
    drawn = opened(app, release=real_beside_a_demonstration, who=APPROVER)
    assert "Local mode: real records" in html(drawn)
    assert "Demonstration: invented children" in html(drawn)
    assert not [one for one in drawn.selectbox if one.label == "Try it as"]


def test_a_demonstration_beside_real_records_is_shown_to_no_other_machine(
    app, real_beside_a_demonstration, monkeypatch
):
    get = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda name: "0.0.0.0" if name == "server.address" else get(name)
    )
    drawn = opened(app, release=real_beside_a_demonstration)
    assert "Real records are shown on this machine only" in html(drawn)
    assert not drawn.selectbox


def test_an_invented_person_does_nothing_once_real_records_stand(app, pack, tmp_path, monkeypatch):
    packs.copy(pack.published, tmp_path, [pack.folder(OCTOBER)])
    monkeypatch.setenv("KPI_DATA", str(tmp_path))
    (tmp_path / "published" / "CURRENT").write_text(pack.folder(OCTOBER).name, encoding="utf-8")
    submitted(ASSESSMENTS, releases.open_release(pack.folder(OCTOBER)))
    drawn = opened(app, REVIEW, who=APPROVER, month="2024-10", about=ASSESSMENTS.indicator)
    packs.load(tmp_path / "incoming", REAL)
    packs.publish()
    press(drawn, "Approve")
    stands = signoff.standing(store.open_store(), ASSESSMENTS)
    assert stands.state is signoff.State.SUBMITTED


def test_a_submission_over_somebody_elses_words_is_refused_and_both_are_shown(app):
    where = {"month": "2024-10", "about": ASSESSMENTS.indicator}
    drawn = opened(app, WRITE, who=AUTHOR, **where)
    drawn = box(drawn, "Why").set_value("Mine").run()
    theirs = Action(what="Recruit", owner="Head of Service", due=OCTOBER)
    revisions.save(
        store.open_store(),
        PEOPLE[SECOND_AUTHOR],
        ASSESSMENTS,
        Words(texts=stores.texts(why="Theirs"), actions=(theirs,)),
        based_on=0,
        figure=None,
        release="2024-11",
        token="theirs",
    )
    drawn = press(drawn, "Submit for approval")
    assert "Not saved:" in html(drawn)
    assert "<bdi>Recruit</bdi>" in html(drawn)
    assert "by 1 October 2024" in html(drawn)
    assert box(drawn, "Why").value == "Mine"
    drawn = press(drawn, "Save mine over theirs")
    assert "Not saved:" not in html(drawn)
    press(drawn, "Submit for approval")
    stands = signoff.standing(store.open_store(), ASSESSMENTS)
    assert stands.state is signoff.State.SUBMITTED
    assert [one.texts["why"] for one in revisions.history(store.open_store(), ASSESSMENTS)] == [
        "Theirs",
        "Mine",
    ]


def test_what_was_opened_first_in_the_list_stays_open_when_it_is_submitted(app):
    drawn = opened(app, WRITE, who=AUTHOR, month="2024-10")
    (head,) = re.findall(r'<h2 id="narrative".*?</h2>', html(drawn))
    drawn = box(drawn, "Why").set_value("Two families were ill.").run()
    drawn = press(drawn, "Submit for approval")
    assert head in html(drawn)
    assert "Submitted for approval." in html(drawn)
    assert f"Submitted by {AUTHOR}" in html(drawn)


def test_the_first_sentence_alone_is_no_draft_and_what_is_taken_out_again_neither(app):
    drawn = opened(app, WRITE, who=AUTHOR, month="2024-10", about=ASSESSMENTS.indicator)
    assert box(drawn, "What the figures show").value.startswith("In October 2024, the percentage")
    drawn = box(drawn, "Why").set_value("Half a thought").run()
    begun = drafts.begun(store.open_store(), authority="311", month=OCTOBER)
    assert begun == {ASSESSMENTS: {AUTHOR}}
    box(drawn, "Why").set_value("").run()
    assert drafts.begun(store.open_store(), authority="311", month=OCTOBER) == {}


def test_last_months_words_are_beside_an_empty_box_and_are_copied_only_when_asked_for(app):
    september = replace(ASSESSMENTS, month=date(2024, 9, 1))
    due = Action(what="Recruit", owner="Head of Service", due=OCTOBER)
    revisions.save(
        store.open_store(),
        PEOPLE[AUTHOR],
        september,
        Words(texts=stores.texts("Up.", "Staff came."), actions=(due,)),
        based_on=0,
        figure=None,
        release="2024-11",
        token="once",
    )
    drawn = opened(app, WRITE, who=AUTHOR, month="2024-10", about=ASSESSMENTS.indicator)
    assert "September’s narrative" in html(drawn)
    assert "Staff came." in html(drawn)
    assert box(drawn, "Why").value == ""
    drawn = press(drawn, "Copy into the empty boxes")
    assert box(drawn, "Why").value == "Staff came."
    assert box(drawn, "What the figures show").value.startswith("In October 2024")
    copied = {one.label: one.value for one in drawn.text_input}
    assert copied["Action 1"] == "Recruit"
    assert copied["Owner of action 1"] == "Head of Service"


def test_a_number_from_elsewhere_is_questioned_until_its_author_says_where_it_is_from(app):
    drawn = opened(app, WRITE, who=AUTHOR, month="2024-10", about=ASSESSMENTS.indicator)
    drawn = box(drawn, "Why").set_value("Only 41.7% of families were seen in a week.").run()
    assert "“41.7%”" in html(drawn)
    source = next(one for one in drawn.text_input if one.label == "Where it comes from")
    drawn = source.set_value("Audit of visits, October").run()
    assert "Audit of visits, October" in html(drawn)
    taken_back = press(drawn, "Take this back")
    assert [one for one in taken_back.text_input if one.label == "Where it comes from"]
    source = next(one for one in drawn.text_input if one.label == "Where it comes from")
    drawn = source.set_value("Audit of visits, October").run()
    press(drawn, "Submit for approval")
    stands = signoff.standing(store.open_store(), ASSESSMENTS)
    assert stands.newest.words.sourced[0].source == "Audit of visits, October"
    assert stands.last(signoff.Step.SUBMITTED).remarks == ()


def test_what_is_typed_and_submitted_in_one_go_is_recorded_with_what_the_checks_question(app):
    drawn = opened(app, WRITE, who=AUTHOR, month="2024-10", about=ASSESSMENTS.indicator)
    box(drawn, "Why").set_value("Only 41.7% of families were seen, and 39.3% of their children.")
    press(drawn, "Submit for approval")
    stands = signoff.standing(store.open_store(), ASSESSMENTS)
    assert stands.last(signoff.Step.SUBMITTED).remarks == ("number",)


def test_a_remark_within_words_that_have_a_source_can_be_taken_back_too(app, november):
    longer = Sourced(words="Only 41.7% of families", source="Audit of visits")
    revisions.save(
        store.open_store(),
        PEOPLE[AUTHOR],
        ASSESSMENTS,
        Words(texts=stores.texts(why="Only 41.7% of families were seen."), sourced=(longer,)),
        based_on=0,
        figure=figure(november, ASSESSMENTS),
        release=november.name,
        token="once",
    )
    drawn = opened(app, WRITE, who=AUTHOR, month="2024-10", about=ASSESSMENTS.indicator)
    assert "Audit of visits" in html(drawn)
    drawn = press(drawn, "Take this back")
    assert [one for one in drawn.text_input if one.label == "Where it comes from"]


def typed_elsewhere(why: str) -> drafts.Draft:
    """Type in another tab of the same author's, where what is kept so far has been seen."""
    opened, person = store.open_store(), PEOPLE[AUTHOR]
    before = drafts.mine(opened, person, ASSESSMENTS)
    return drafts.keep(
        opened,
        person,
        ASSESSMENTS,
        stores.words(why=why),
        based_on=0,
        figure=None,
        seen=before and before.saved_at,
    )


def why_kept() -> str:
    """Return what the author's draft says in the store."""
    return drafts.mine(store.open_store(), PEOPLE[AUTHOR], ASSESSMENTS).words.texts["why"]


def test_what_one_author_types_in_two_tabs_is_shown_and_settled_as_they_say(app):
    drawn = opened(app, WRITE, who=AUTHOR, month="2024-10", about=ASSESSMENTS.indicator)
    drawn = box(drawn, "Why").set_value("Here").run()
    typed_elsewhere("There")
    drawn = box(drawn, "Why").set_value("Here and now").run()
    assert "in another tab too" in html(drawn)
    assert why_kept() == "There"
    drawn = press(drawn, "Keep what is here")
    assert "in another tab too" not in html(drawn)
    assert why_kept() == "Here and now"
    typed_elsewhere("There again")
    drawn = box(drawn, "Why").set_value("Here at last").run()
    drawn = press(drawn, "Take the other")
    assert box(drawn, "Why").value == "There again"
    drawn = press(drawn, "Put mine back")
    assert (box(drawn, "Why").value, why_kept()) == ("Here at last", "Here at last")


def test_ones_own_words_can_be_put_back_after_another_authors_were_taken(app):
    drawn = opened(app, WRITE, who=AUTHOR, month="2024-10", about=ASSESSMENTS.indicator)
    drawn = box(drawn, "Why").set_value("Mine").run()
    revisions.save(
        store.open_store(),
        PEOPLE[SECOND_AUTHOR],
        ASSESSMENTS,
        stores.words(why="Theirs"),
        based_on=0,
        figure=None,
        release="2024-11",
        token="theirs",
    )
    drawn = press(press(drawn, "Save"), "Take theirs")
    assert box(drawn, "Why").value == "Theirs"
    drawn = box(drawn, "Why").set_value("Theirs, and a key").run()
    assert why_kept() == "Theirs, and a key"
    drawn = press(drawn, "Put mine back")
    assert box(drawn, "Why").value == "Mine"
    drawn = press(drawn, "Save")
    kept = [one.texts["why"] for one in revisions.history(store.open_store(), ASSESSMENTS)]
    assert kept == ["Theirs", "Mine"]
    assert not [one for one in drawn.button if one.label == "Put mine back"]


def test_a_saved_draft_stays_about_its_older_figure_until_it_is_submitted(app, november):
    now = figure(november, ASSESSMENTS)
    older = replace(now, said="61.2%", of="3 of 5")
    words_then = stores.words("Up.", why="Staff came.")
    opened_store, person = store.open_store(), PEOPLE[AUTHOR]
    drafts.keep(opened_store, person, ASSESSMENTS, words_then, based_on=0, figure=older)
    drawn = opened(app, WRITE, who=AUTHOR, month="2024-10", about=ASSESSMENTS.indicator)
    moved = "The figure was 61.2% when this was written"
    assert moved in html(drawn)
    drawn = press(drawn, "Save")
    assert stores.latest(opened_store, ASSESSMENTS).figure == older
    assert moved in html(drawn)
    press(drawn, "Submit for approval")
    assert stores.latest(opened_store, ASSESSMENTS).figure == now
