"""The front door: the release, who is looking, and where and when; and what stands above pages."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from kpi import access, markup, organisation, releases, rounds, settings, store, words
from kpi.access import Actor
from kpi.basis import Basis
from kpi.cards import HEADLINES
from kpi.errors import AccessError, KpiError, ReleaseError
from kpi.organisation import Place
from kpi.releases import Release
from kpi.store import Store
from kpi.widgets.address import choose, chosen, settle, write_address

EVERY_TEAM = "All teams"
THEN, TODAY = "As it was then", "As it is today"
DEMONSTRATION = (
    "Demonstration: invented children, calibrated to figures that the council has published. No "
    "record here is of a real child."
)
LOCAL = "Local mode: real records, shown on this machine only, to {name}."
STYLE = Path(__file__).with_name("style.css")


@dataclass(frozen=True, kw_only=True)
class View:
    """What a reader is looking at, and who they are."""

    actor: Actor
    release: Release
    place: Place
    month: date
    basis: Basis
    invented: bool  # figures and narratives alike: everybody may try everything

    @property
    def said(self) -> str:
        """The view in words: 'November 2024 · All Starting Well · In the month'."""
        parts = [words.month(self.month), self.place.service_area or words.WHOLE_SERVICE]
        parts += [self.place.team] if self.place.team else []
        parts.append(self.basis.said)
        parts += ["Teams as they are today"] if self.place.today else []
        return " · ".join(parts)

    @property
    def notices(self) -> list[tuple[str, str]]:
        """What stands above every page, and goes with whatever is taken from it: kind and words."""
        release = self.release
        notices = [] if self.invented else [("local", LOCAL.format(name=self.actor.name))]
        if release.demonstration:
            notices.append(("demonstration", DEMONSTRATION))
        if release.left_out:
            left = words.count(
                release.left_out, "record of the extracts was", "records of the extracts were"
            )
            notices.append(("warning", f"{left} refused and left out of these figures."))
        if release.name != releases.current_name(settings.published()):
            which = f"one of {words.month(release.extract_month)}"
            notices.append(("warning", f"This is not the current release, but {which}."))
        return notices


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


def front_door() -> View:
    """Draw what stands above every page, and return the view. Stops where nothing can be shown."""
    st.html(STYLE)
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
    """Return the view that the front door drew. A callback is given it: see `session`."""
    return st.session_state["view"]


def _release() -> Release:
    """Return the release to show: the current one, or the one that the address names."""
    name = st.query_params.get("release")
    if name and name in releases.names(settings.published()):
        return _opened(str(settings.published() / name))
    return current_release()


def current_release() -> Release:
    """Return the release that stands now, whatever is looked at; raises ReleaseError."""
    return _opened(str(releases.current()))


@st.cache_resource(max_entries=4, show_spinner=False)
def _opened(folder: str) -> Release:
    return releases.open_release(Path(folder))


@st.cache_resource(show_spinner=False)
def _store(url: str) -> Store:
    return store.open_store(url)


def opened_store() -> Store:
    """Return the store of narratives and the access log, for whoever is looking: see `store_of`."""
    return store_of(view())


def store_of(now: View) -> Store:
    """Return the store, for whoever looks at this view. Raises StoreError if it cannot be had.

    On demonstration data its clock stands in the middle of the last round, whatever is looked at.
    Raises AccessError where real records have been published since an invented person came.
    """
    opened = _store(settings.store_url())
    if not now.invented:
        return opened
    if not _invented(now.release):
        raise AccessError("Real records have been published since this page was drawn. Reload it.")
    current = releases.month_of(releases.current_name(settings.published()) or "")
    clock = rounds.demonstration_clock(current or now.release.extract_month)
    return replace(opened, clock=clock)


def _stay_on_this_machine(release: Release) -> None:
    """Raise AccessError where real records would be served to any machine but this one."""
    if not _invented(release):
        access.must_be_local(st.get_option("server.address"))


def _invented(release: Release) -> bool:
    """Return whether nothing real can be met: the store is that of the release that stands now."""
    return release.demonstration and releases.of_demonstration()


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
            authority = choose("Authority", "authority", release.authorities)
        structure = {"then": THEN, "today": TODAY}
        today = chosen("organisation", list(structure)) == "today"
        every = release.places_today if today else release.places
        places = [place for place in every if place.authority == authority]
        areas = list(dict.fromkeys(place.service_area or "" for place in places))
        areas.sort(key=lambda area: (bool(_until(release, authority, area)), area))
        area = choose(
            "Service area",
            "area",
            [words.WHOLE_SERVICE, *areas],
            said=lambda area: area + _until(release, authority, area),
        )
        teams = [place.team or "" for place in places if place.service_area == area]
        team = choose("Team", "team", [EVERY_TEAM, *teams])
        months = [f"{month:%Y-%m}" for month in reversed(release.months)]
        month = settings.month(
            choose("Month", "month", months, said=lambda text: words.month(settings.month(text)))
        )
        basis = Basis(choose("Basis", "basis", list(Basis), said=lambda one: Basis(one).said))
        choose("Organisation", "organisation", list(structure), said=structure.__getitem__)
        actor, invented = access.local(), _invented(release)
        if invented:
            people = {person.name: person for person in access.DEMONSTRATION}
            actor = people[choose("Try it as", "as", list(people))]
    settle("id", ids(release))
    write_address()
    found = View(
        actor=actor,
        release=release,
        place=Place(
            authority=authority,
            service_area=None if area == words.WHOLE_SERVICE else area,
            team=None if team == EVERY_TEAM else team,
            today=today,
        ),
        month=month,
        basis=basis,
        invented=invented,
    )
    st.session_state["view"] = found
    return found


def _until(release: Release, authority: str, area: str) -> str:
    """Return ' (until August 2024)' for a service area that no longer stands."""
    ended = organisation.ended(release.teams, Place(authority=authority, service_area=area))
    return f" (until {words.month(ended)})" if ended else ""


def _banners(view: View) -> None:
    for kind, text in view.notices:
        st.html(markup.banner(text, kind))


def heading(title: str, *, said: str | None = None) -> None:
    """Draw a page's title with the view in words, and which extract the figures come from.

    `said` takes the view's place where a page shows something else than its month.
    """
    now = view()
    st.title(title, anchor=False)
    known = f"figures from the extract of {words.month(now.release.extract_month)}"
    st.html(f'<p class="sub">{markup.escape(said or now.said)} · {known}</p>')


def ids(release: Release) -> list[str]:
    """Return the indicators' ids, the headlines first."""
    first = [id for id in HEADLINES if id in release.indicators]
    return [*first, *(id for id in release.indicators if id not in first)]
