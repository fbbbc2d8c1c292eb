"""The pieces of a page that pages share. The only module in kpi that knows Streamlit."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kpi import (
    access,
    cards,
    charts,
    markup,
    narrative,
    organisation,
    records,
    releases,
    settings,
    store,
    words,
)
from kpi.access import Actor, Right
from kpi.cards import HEADLINES, Card
from kpi.catalogue import AREAS
from kpi.errors import AccessError, KpiError, ReleaseError, StoreError
from kpi.narrative import PROMPTS, ConflictError, Key, Revision
from kpi.organisation import Place
from kpi.records import Records
from kpi.releases import Release
from kpi.store import Store

AT_A_GLANCE = "pages/overview/at_a_glance.py"
INDICATOR = "pages/indicator/indicator.py"
EVERY_TEAM = "All teams"

# What a view is made of, in the order in which its address names it.
ADDRESS = ("area", "team", "month", "authority", "as", "id")


@dataclass(frozen=True, kw_only=True)
class View:
    """What a reader is looking at, and who they are."""

    actor: Actor
    release: Release
    place: Place
    month: date

    @property
    def said(self) -> str:
        """The view in words: 'November 2024 · All Starting Well'."""
        parts = [words.month(self.month), self.place.service_area or words.WHOLE_SERVICE]
        return " · ".join([*parts, self.place.team] if self.place.team else parts)


# The front door


def open_up() -> None:
    """Make ready to serve, before anybody comes.

    Raises SystemExit where real records would be served to any machine but this one.
    """
    # Until the first visitor has run st.navigation, Streamlit takes a folder called pages/ for its
    # older kind of navigation, and tells that visitor that a page opened by a link is not there.
    PagesManager.uses_pages_directory = False
    try:
        _stay_on_this_machine(_opened(str(releases.current())))
    except AccessError as refusal:
        raise SystemExit(str(refusal)) from None
    except KpiError:
        return  # the front door says what is wrong, and what can be done


def recall_address() -> None:
    """Put what was chosen before into an address that does not say it: one opened by the menu.

    Called before Streamlit names the page in the address, so that both are one step back.
    """
    kept = _chosen()
    missing = {key: kept[key] for key in kept if key not in st.query_params}
    if missing:
        st.query_params.update(missing)


def front_door() -> View:
    """Draw what stands above every page, and return the view. Stops where nothing can be shown."""
    st.html(Path(__file__).with_suffix(".css"))
    try:
        release = _release()
        _stay_on_this_machine(release)
        view = _view(release)
    except KpiError as error:
        st.html(markup.alert(str(error)))
        if isinstance(error, ReleaseError):
            _offer_last_good()
        st.stop()
    _banners(view)
    return view


def view() -> View:
    """Return the view that the front door drew."""
    return st.session_state["view"]


def _release() -> Release:
    """Return the release to show: the current one, or the one that the address names."""
    name = st.query_params.get("release")
    if name and name in releases.names(settings.published()):
        return _opened(str(settings.published() / name))
    return _opened(str(releases.current()))


@st.cache_resource(max_entries=4, show_spinner=False)
def _opened(folder: str) -> Release:
    return releases.open_release(Path(folder))


@st.cache_resource(show_spinner=False)
def _store(url: str) -> Store:
    return store.open_store(url)


def opened_store() -> Store:
    """Return the store of narratives and the access log. Raises StoreError if it cannot be had."""
    return _store(settings.store_url())


def _stay_on_this_machine(release: Release) -> None:
    """Raise AccessError where real records would be served to any machine but this one."""
    if not release.demonstration:
        access.must_be_local(st.get_option("server.address"))


def _offer_last_good() -> None:
    good = releases.last_good()
    if good is not None:
        st.button(
            f"Show the last good release, of {words.month(good.extract_month)}",
            on_click=st.query_params.update,
            args=({"release": good.name},),
        )


def _view(release: Release) -> View:
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        authority = release.authorities[0]
        if len(release.authorities) > 1:
            authority = _choose("Authority", "authority", release.authorities)
        places = [place for place in release.places if place.authority == authority]
        areas = list(dict.fromkeys(place.service_area or "" for place in places))
        areas.sort(key=lambda area: (bool(_until(release, authority, area)), area))
        area = _choose(
            "Service area",
            "area",
            [words.WHOLE_SERVICE, *areas],
            said=lambda area: area + _until(release, authority, area),
        )
        teams = [place.team or "" for place in places if place.service_area == area]
        team = _choose("Team", "team", [EVERY_TEAM, *teams])
        months = [f"{month:%Y-%m}" for month in reversed(release.months)]
        month = settings.month(
            _choose("Month", "month", months, said=lambda text: words.month(settings.month(text)))
        )
        actor = access.local()
        if release.demonstration:
            people = {person.name: person for person in access.DEMONSTRATION}
            actor = people[_choose("Try it as", "as", list(people))]
    _settle("id", _indicators(release))
    _write_address()
    found = View(
        actor=actor,
        release=release,
        place=Place(
            authority=authority,
            service_area=None if area == words.WHOLE_SERVICE else area,
            team=None if team == EVERY_TEAM else team,
        ),
        month=month,
    )
    st.session_state["view"] = found
    return found


def _until(release: Release, authority: str, area: str) -> str:
    """Return ' (until August 2024)' for a service area that no longer stands."""
    ended = organisation.ended(release.teams, Place(authority=authority, service_area=area))
    return f" (until {words.month(ended)})" if ended else ""


def _choose(
    label: str, key: str, options: Sequence[str], *, said: Callable[[str], str] = str
) -> str:
    """Draw the choice among `options`, and return what is chosen."""
    wanted = _settle(key, options)
    if st.session_state.get(key) != wanted:
        st.session_state[key] = wanted
    st.selectbox(label, options, key=key, format_func=said, on_change=_pick, args=(key,))
    return wanted


def _settle(key: str, options: Sequence[str]) -> str:
    """Return which of `options` stands: the one just picked, or what the address says.

    The back button and a link from elsewhere change the choice through the address. A page opened
    without one keeps what was chosen before.
    """
    offered = (
        st.session_state.pop(f"picked {key}", None),
        st.query_params.get(key),
        st.session_state.get(f"chosen {key}"),
    )
    wanted = next((one for one in offered if one is not None and one in options), options[0])
    st.session_state[f"chosen {key}"] = wanted
    return wanted


def _pick(key: str) -> None:
    # Pressed back twice in a hurry, a browser still sends what its controls said before.
    run = get_script_run_ctx()
    if run is None or not run.is_history_navigation:
        st.session_state[f"picked {key}"] = st.session_state[key]


def _chosen() -> dict[str, str]:
    """Return every choice made so far, by its name in the address."""
    kept = {key: st.session_state.get(f"chosen {key}") for key in ADDRESS}
    return {key: chosen for key, chosen in kept.items() if chosen}


def _write_address() -> None:
    """Let the address say every choice, so that a copied one is whole.

    In one go: each change to the address is a step of the browser's back button.
    """
    changed = {key: one for key, one in _chosen().items() if st.query_params.get(key) != one}
    if changed:
        st.query_params.update(changed)


def _address() -> dict[str, str]:
    """Return what a link to another page must say, so that it shows the same view."""
    release = st.query_params.get("release")
    return _chosen() | ({"release": release} if release else {})


def _banners(view: View) -> None:
    release = view.release
    if release.demonstration:
        st.html(
            markup.banner(
                "Demonstration: invented children, calibrated to figures that the council has "
                "published. No record here is of a real child.",
                "demonstration",
            )
        )
    else:
        st.html(
            markup.banner(
                f"Local mode: real records, shown on this machine only, to {view.actor.name}.",
                "local",
            )
        )
    if release.left_out:
        left = words.count(
            release.left_out, "record of the extracts was", "records of the extracts were"
        )
        st.html(markup.banner(f"{left} refused and left out of these figures.", "warning"))
    if release.name != releases.current_name(settings.published()):
        which = f"one of {words.month(release.extract_month)}"
        st.html(markup.banner(f"This is not the current release, but {which}.", "warning"))


# At a glance


def heading(title: str) -> None:
    """Draw a page's title with the view in words, and which extract the figures come from."""
    now = view()
    st.title(title, anchor=False)
    known = f"figures from the extract of {words.month(now.release.extract_month)}"
    st.html(f'<p class="sub">{markup.escape(now.said)} · {known}</p>')


def glance() -> None:
    """Draw every indicator as a card: what needs attention, the headlines, then by theme."""
    now = view()
    st.session_state.pop("opened list", None)
    built = _cards(now)
    written = _written(now, built)
    st.html(markup.attention(built, written=len(written)))
    of = {card.indicator.id: card for card in built}
    _grid("Headlines", [of[id] for id in HEADLINES if id in of], written, least=300)
    with st.container(key="themes"):
        for area, title in AREAS.items():
            mine = [
                c for c in built if c.indicator.area == area and c.indicator.id not in HEADLINES
            ]
            if mine:
                with st.container(key=f"theme-{min(len(mine), 4)}-{area}"):
                    _grid(title, mine, written, least=200)


def _cards(now: View) -> list[Card]:
    return _built(now.release.name, now.place, now.month, _release=now.release)


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _built(name: str, place: Place, month: date, *, _release: Release) -> list[Card]:
    return cards.build(_release, place, month)


def _written(now: View, built: Sequence[Card]) -> set[str]:
    try:
        return narrative.written(
            opened_store(),
            month=now.month,
            authority=now.place.authority,
            service_area=now.place.service_area,
            indicators=[card.indicator.id for card in built],
        )
    except StoreError as error:
        st.html(markup.alert(str(error)))
        return set()


def _grid(title: str, built: Sequence[Card], written: set[str], *, least: int) -> None:
    st.subheader(title, anchor=False)
    here = _address()
    with st.grid(min_column_width=least, gap="small"):
        for card in built:
            id = card.indicator.id
            with st.container(key=f"card-{id}"):
                st.page_link(INDICATOR, label=card.indicator.title, query_params=here | {"id": id})
                st.html(markup.glance(card, written=id in written))


# Indicator


def choose_indicator() -> Card:
    """Draw the choice of indicator, and return the card of the one chosen."""
    now = view()
    indicators = now.release.indicators
    ids = _indicators(now.release)
    id = _choose("Indicator", "id", ids, said=lambda id: indicators[id].title)
    return next(c for c in _cards(now) if c.indicator.id == id)


def _indicators(release: Release) -> list[str]:
    """Return the indicators' ids, the headlines first."""
    first = [id for id in HEADLINES if id in release.indicators]
    return [*first, *(id for id in release.indicators if id not in first)]


def headline(card: Card) -> None:
    """Draw the indicator's name, question, value, rating, target and change."""
    heading(card.indicator.title)
    st.html(f'<p class="sub">{markup.escape(card.indicator.question)}</p>')
    st.html(markup.headline(card))


def trend(card: Card) -> None:
    """Draw the trend with its words, its table, what is counted, and the records behind it."""
    chart, table, definition, listed = st.tabs(["Chart", "Table", "What is counted", "Records"])
    with chart:
        st.html(f'<p class="finding">{markup.escape(card.finding)}</p>')
        st.plotly_chart(
            _figure(view().release.name, card.place, card.month, card.indicator.id, _card=card),
            key="trend",
            config={"displayModeBar": False},
            alt=card.described,
        )
        low, _ = charts.scale(card)
        if low:
            st.caption(f"The scale begins at {low:.0f}, not at zero.")
    table.html(markup.months(card))
    definition.html(markup.definition(card))
    with listed:
        _records(card)


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _figure(release: str, place: Place, month: date, indicator: str, *, _card: Card) -> go.Figure:
    return charts.trend(_card)


def _records(card: Card) -> None:
    now = view()
    if not now.actor.may(Right.OPEN_RECORDS):
        st.write("Only a manager or an analyst may open the list behind a figure.")
        return
    st.write(
        "The list of children behind this figure. Opening it is written into the access log first."
    )
    if st.button("Open the list", key="open_records"):
        st.session_state.pop("opened list", None)
        try:
            found = records.behind(
                opened_store(),
                now.actor,
                now.release,
                indicator=card.indicator.id,
                month=card.month,
                place=card.place,
                source="page indicator",
            )
        except KpiError as error:
            st.html(markup.alert(str(error)))
            return
        st.session_state["opened list"] = (_figure_of(card), found)
    of_figure, found = st.session_state.get("opened list", (None, None))
    if of_figure == _figure_of(card):
        _list(found)
    else:
        st.session_state.pop("opened list", None)


def _figure_of(card: Card) -> tuple[object, ...]:
    """Return who looks at which figure: a list stays open as long as that is the same."""
    now = view()
    return (now.actor, now.release.name, card.indicator.id, card.month, card.place)


def _list(found: Records) -> None:
    of = "" if found.denominator is None else f" of {words.number(found.denominator)}"
    st.write(
        f"{words.count(len(found.rows), 'record')}, adding up to "
        f"{words.number(found.numerator)}{of}."
    )
    st.html(markup.listed(found))


def breakdown(card: Card) -> None:
    """Draw the indicator by service area and team, with counts."""
    now = view()
    rows = _rows(now.release.name, now.place, card.month, card.indicator.id, _release=now.release)
    st.subheader("By service area and team", anchor=False)
    if rows:
        st.html(markup.breakdown(card, rows))
    else:
        st.write(f"Nothing to break down for {words.month(card.month)}: {card.latest.said}.")


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _rows(
    name: str, place: Place, month: date, indicator: str, *, _release: Release
) -> list[cards.Row]:
    return cards.breakdown(_release, _release.indicators[indicator], place, month)


# The narrative box


def narrative_box(card: Card) -> None:
    """Draw what was said about the figure, and for an author the box to say it in."""
    now = view()
    key = Key(
        indicator=card.indicator.id,
        month=card.month,
        authority=now.place.authority,
        service_area=now.place.service_area,
    )
    about = f"{words.month(card.month)} · {key.service_area or words.WHOLE_SERVICE}"
    with st.container(border=True, key="narrative"):
        st.subheader("Narrative", anchor=False)
        st.html(f'<p class="sub">{markup.escape(about)}</p>')
        try:
            if now.actor.may(Right.WRITE_NARRATIVE):
                _write(now, key)
            else:
                _read(narrative.latest(opened_store(), key))
        except KpiError as error:
            st.html(markup.alert(str(error)))


def _read(revision: Revision | None) -> None:
    if revision is None or revision.blank:
        st.write("No narrative yet.")
        return
    st.html(markup.narrative(revision))


def _write(now: View, key: Key) -> None:
    """Draw the box. What is typed is kept as a draft at once; only Save makes it the narrative.

    Not a fragment: words typed just before the menu is clicked would leave the next page blank.
    """
    slot = Slot(actor=now.actor, key=key, release=now.release.name)
    standing = narrative.latest(opened_store(), key)
    slot.begin(standing)
    conflict = slot.recall("conflict")
    if conflict is not None:
        st.html(markup.conflict(conflict))
    for prompt in PROMPTS:
        st.text_area(
            prompt.heading,
            key=slot.named(prompt.id),
            placeholder=prompt.hint,
            height="content",
            on_change=slot.keep_draft,
            persist_state="session",
        )
    if conflict is None:
        st.button("Save narrative", type="primary", on_click=slot.save)
    else:
        with st.container(horizontal=True):
            st.button("Save mine over theirs", type="primary", on_click=slot.save_over)
            st.button("Take theirs", on_click=slot.take_theirs)
    problem, done = slot.recall("problem"), slot.recall("done")
    if problem:
        st.html(markup.alert(problem))
    elif done:
        st.html(f'<p class="sub" role="status">{done}</p>')
    if standing is not None:
        st.html(f'<p class="sub">{markup.escape(markup.saved(standing))}</p>')


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One author's box for one narrative: what is in it, and what it was begun from.

    The words are in the session while the author moves between pages, and in the store's draft
    when the session is gone. They are never written back over what is being typed.
    """

    actor: Actor
    key: Key
    release: str

    def named(self, part: str) -> str:
        """Return the session's name for a part of this box."""
        place = f"{self.key.authority}|{self.key.service_area or ''}"
        return f"{part}|{self.actor.name}|{self.key.indicator}|{self.key.month:%Y-%m}|{place}"

    def recall(self, part: str) -> Any:
        """Return a part of this box, or None."""
        return st.session_state.get(self.named(part))

    def put(self, part: str, value: object) -> None:
        """Keep a part of this box."""
        st.session_state[self.named(part)] = value

    @property
    def texts(self) -> dict[str, str]:
        """What is in the box now."""
        return {prompt.id: self.recall(prompt.id) or "" for prompt in PROMPTS}

    def begin(self, standing: Revision | None) -> None:
        """Fill the box from the draft or the standing revision; again if nobody has typed since."""
        number = standing.number if standing else 0
        begun = self.recall("based on")
        untouched = begun is not None and self.texts == self.recall("begun with")
        if begun is not None and not (untouched and number > begun):
            return
        draft = narrative.draft(opened_store(), self.actor, self.key) if begun is None else None
        texts = draft.texts if draft else standing.texts if standing else {}
        for prompt in PROMPTS:
            self.put(prompt.id, texts.get(prompt.id, ""))
        self.put("based on", draft.based_on if draft else number)
        self.put("begun with", {} if draft else self.texts)
        self.put("token", uuid.uuid4().hex)

    def keep_draft(self) -> None:
        """Keep what has been typed so far, so that a closed browser loses nothing."""
        self.put("done", None)
        self._try(
            lambda: narrative.save_draft(
                opened_store(), self.actor, self.key, self.texts, self.recall("based on")
            )
        )

    def save(self) -> None:
        """Make what is in the box the narrative, unless somebody else saved meanwhile."""
        try:
            self._try(self._save)
        except ConflictError as conflict:
            self.put("conflict", conflict.current)

    def save_over(self) -> None:
        """Save what is in the box as the revision after the one that the author was shown."""
        self.put("based on", self.recall("conflict").number)
        self.put("conflict", None)
        self.save()

    def take_theirs(self) -> None:
        """Put the other author's words into the box. One's own stay in the store's draft."""
        theirs: Revision = self.recall("conflict")
        for prompt in PROMPTS:
            self.put(prompt.id, theirs.texts[prompt.id])
        self.put("based on", theirs.number)
        self.put("begun with", self.texts)
        self.put("conflict", None)

    def _save(self) -> None:
        revision = narrative.save(
            opened_store(),
            self.actor,
            self.key,
            self.texts,
            based_on=self.recall("based on"),
            release=self.release,
            token=self.recall("token"),
        )
        self.put("based on", revision.number)
        self.put("begun with", self.texts)
        self.put("token", uuid.uuid4().hex)
        self.put("done", "Saved.")

    def _try(self, work: Callable[[], object]) -> None:
        """Do `work`, and keep what went wrong to be shown beside the box."""
        self.put("problem", None)
        try:
            work()
        except ConflictError:
            raise
        except KpiError as error:
            self.put("problem", str(error))
