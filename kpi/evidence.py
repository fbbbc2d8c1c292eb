"""What a narrative is held against: its figures, those elsewhere, and what was said before."""

from collections.abc import Iterable
from datetime import date

from kpi import access, needs
from kpi.cards import Card
from kpi.errors import DefinitionError
from kpi.needs import CardsAt
from kpi.organisation import Place
from kpi.proofing import Evidence, Remark
from kpi.releases import Release
from kpi.revisions import Revision


def gather(
    release: Release, card: Card, *, cards_at: CardsAt, before: Revision | None, today: date
) -> Evidence:
    """Return the evidence for a narrative about `card`; `before` is what last month's said."""
    place = card.place
    areas = {one.service_area for one in release.places if one.authority == place.authority}
    elsewhere = [
        one
        for area in sorted({"", *(area or "" for area in areas)})
        if (area or None) != place.service_area
        for one in cards_at(Place(authority=place.authority, service_area=area or None))
        if one.indicator.id == card.indicator.id
    ]
    return Evidence(
        card=card,
        others=tuple(elsewhere),
        said_before=before.texts if before else {},
        today=today,
        names=_names(release),
    )


def once_each(remarks: Iterable[Remark]) -> list[Remark]:
    """Return what is questioned under each heading once, though it may stand there more often."""
    found: dict[tuple[str, str, str], Remark] = {}
    for one in remarks:
        found.setdefault((one.prompt, one.kind, one.words), one)
    return list(found.values())


def _names(release: Release) -> tuple[str, ...]:
    """Return the people and posts that a narrative may name: those whose work it is."""
    try:
        asked = needs.every_assignment(release)
    except DefinitionError:
        asked = []  # the round says what is wrong with them
    people = {one.name for one in access.DEMONSTRATION if release.demonstration}
    people |= {name for one in asked for name in (one.owner, one.author, one.approver)}
    return tuple(sorted(name.split(" (")[0] for name in people))
