"""The tree of the organisation: authority, service area, team, each as it stood at the time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from kpi import reference, settings
from kpi.errors import DefinitionError, nearest
from kpi.words import unprefixed

UNALLOCATED = "Unallocated"  # work that no team held
UNMAPPED = "Unmapped teams"  # work of teams that teams.csv does not list
COLUMNS = ("team_id", "team", "service_area", "authority", "valid_from", "valid_to", "successor")


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team for as long as it stood under one name in one service area."""

    authority: str
    team_id: str  # with its authority before a colon, as in the lake: '311:mash'
    team: str
    service_area: str
    valid_from: date
    valid_to: date | None  # the first day on which it no longer stands
    successor: str | None

    def stands(self, day: date) -> bool:
        """Return whether the team stood on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the tree a figure is read: a whole authority, one service area, or one team."""

    authority: str
    service_area: str | None = None
    team: str | None = None
    today: bool = False  # by the teams that stand now, instead of those that stood then


def read(path: Path | None = None) -> list[Team]:
    """Return every row of teams.csv. Raises DefinitionError listing every row that will not do."""
    path = path or settings.reference() / "teams.csv"
    listed, problems = reference.read(path, COLUMNS, _team)
    problems += [f"{path.name} line {line}: {problem}" for line, problem in _clashes(listed)]
    if problems:
        raise DefinitionError("\n".join(problems))
    return sorted(listed.values(), key=lambda team: (team.authority, team.team_id, team.valid_from))


def names(path: Path | None = None) -> dict[str, str]:
    """Return the name of each authority by its code, as authorities.csv gives it."""
    path = path or settings.reference() / "authorities.csv"
    found, problems = reference.read(path, ("authority", "name"), _name)
    for line, earlier, (code, _) in reference.said_again(found, lambda row: row[0]):
        problems.append(f"{path.name} line {line}: {code} has its name in line {earlier} already.")
    if problems:
        raise DefinitionError("\n".join(problems))
    return dict(found.values())


def existed(teams: list[Team], place: Place, month_end: date) -> bool:
    """Return whether the place stood at `month_end`; an unlisted one always did."""
    mine = _within(teams, place)
    return not mine or any(team.stands(month_end) for team in mine)


def ended(teams: list[Team], place: Place) -> date | None:
    """Return the last day of a place that no longer stands; None for any other."""
    ends = [team.valid_to for team in _within(teams, place)]
    known = [day for day in ends if day is not None]
    return max(known) - timedelta(days=1) if known and len(known) == len(ends) else None


def today(teams: Sequence[Team], day: date) -> dict[str, Team]:
    """Return, for every team's id, the team that has its work on `day`: itself or a successor.

    A team that ended without a successor stands for itself, as it was last.
    """
    last = {team.team_id: team for team in teams}  # the versions of a team are in order
    standing = {team.team_id: team for team in teams if team.stands(day)}
    found = {}
    for team_id in last:
        heir = team_id
        while heir not in standing and last[heir].successor:
            heir = last[heir].successor or heir
        found[team_id] = standing.get(heir, last[heir])
    return found


def _within(teams: list[Team], place: Place) -> list[Team]:
    return [
        team
        for team in teams
        if team.authority == place.authority
        and place.service_area in (None, team.service_area)
        and place.team in (None, team.team)
    ]


def _name(row: dict[str, str]) -> tuple[str, str]:
    if not row["authority"].strip() or not row["name"].strip():
        raise ValueError("authority and name must both be filled in.")
    return row["authority"].strip(), row["name"].strip()


def _team(row: dict[str, str]) -> Team:
    for name in ("team_id", "team", "service_area", "authority", "valid_from"):
        if not (row[name] or "").strip():
            raise ValueError(f"{name} is empty.")
    authority, service_area = row["authority"].strip(), row["service_area"].strip()
    successor = (row["successor"] or "").strip()
    if service_area in (UNALLOCATED, UNMAPPED):
        raise ValueError(f"{service_area!r} is kept for work that no listed team holds.")
    valid_from, valid_to = _day(row, "valid_from"), _day(row, "valid_to")
    if valid_from is None or (valid_to and valid_to <= valid_from):
        raise ValueError("valid_to must be after valid_from.")
    return Team(
        authority=authority,
        team_id=f"{authority}:{row['team_id'].strip()}",
        team=row["team"].strip(),
        service_area=service_area,
        valid_from=valid_from,
        valid_to=valid_to,
        successor=f"{authority}:{successor}" if successor else None,
    )


def _day(row: dict[str, str], name: str) -> date | None:
    text = (row[name] or "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{name} must be a date such as 2024-09-01.") from None


def _clashes(listed: Mapping[int, Team]) -> list[tuple[int, str]]:
    """Return what is wrong between rows, by line: an id or a name that means two things at once."""
    problems = []
    last = {team.team_id: team for team in sorted(listed.values(), key=lambda t: t.valid_from)}
    for line, team in listed.items():
        if team.successor and team.successor not in last:
            sought = unprefixed(team.successor)
            near = nearest(sought, map(unprefixed, last.keys() - {team.team_id}))
            problems.append(
                (line, f"successor {sought!r} of {unprefixed(team.team_id)!r} is not listed.{near}")
            )
        elif team is last[team.team_id] and _leads_back(team, last):
            text = f"the successors of {unprefixed(team.team_id)!r} lead back to it."
            problems.append((line, text))
    for (_, one), (line, other) in combinations(listed.items(), 2):
        overlap = one.stands(other.valid_from) or other.stands(one.valid_from)
        if overlap and one.team_id == other.team_id:
            problems.append((line, f"{unprefixed(other.team_id)!r} stands twice on the same day."))
        elif overlap and (one.authority, one.team) == (other.authority, other.team):
            problems.append((line, f"two teams are called {other.team!r} on the same day."))
    return sorted(problems)


def _leads_back(team: Team, last: Mapping[str, Team]) -> bool:
    """Return whether the successors of `team` come round to it again."""
    seen, heir = [team.team_id], team.successor
    while heir and heir in last and heir not in seen:
        seen.append(heir)
        heir = last[heir].successor
    return heir == team.team_id
