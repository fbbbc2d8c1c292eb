"""What may be asked of a release: its months, indicators, service areas and teams."""

from datetime import date

from kpi.errors import KpiError, did_you_mean
from kpi.releases import Release


def month_of(release: Release, month: date | None) -> date:
    """Return `month`, or the newest. Raises KpiError for one that the release does not report."""
    month = month or release.extract_month
    if month not in release.months:
        raise KpiError(
            f"{month:%Y-%m} is not a reporting month of {release.name}: those run from "
            f"{release.months[0]:%Y-%m} to {release.months[-1]:%Y-%m}."
        )
    return month


def indicator_of(release: Release, name: str) -> str:
    """Return `name`. Raises KpiError, with the nearest one, where no indicator is called so."""
    if name not in release.indicators:
        near = did_you_mean(name, release.indicators)
        raise KpiError(f"No indicator is called {name!r}.{near}")
    return name


def must_be_there(release: Release, *, service_area: str | None, team: str | None = None) -> None:
    """Raise KpiError for a service area, or a team of it, that has never held work."""
    areas = {place.service_area or "" for place in release.places}
    if service_area and service_area not in areas:
        near = did_you_mean(service_area, areas)
        raise KpiError(f"No service area is called {service_area!r}.{near}")
    teams = {
        place.team or "" for place in release.places if service_area in (None, place.service_area)
    }
    if team and team not in teams:
        where = f" in {service_area}" if service_area else ""
        raise KpiError(f"No team is called {team!r}{where}.{did_you_mean(team, teams)}")
