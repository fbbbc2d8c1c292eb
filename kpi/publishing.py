"""Publishing: counting everything that is loaded, and putting a release in its place.

A release is written aside, made durable, and renamed into place; only then does CURRENT name it.
A publisher that is killed leaves the old release serving, and the next one tidies up.
"""

import json
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import filelock

from kpi import assembly, disk, lake, measures, releases, settings
from kpi.access import Actor, Right
from kpi.coverage import State
from kpi.errors import ReleaseError
from kpi.measures import Sum
from kpi.organisation import Place
from kpi.releases import CURRENT, MANIFEST, Release

WAIT_SECONDS = 60  # how long a publisher waits for another


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure of a whole authority that a new release gives differently from the one before."""

    indicator: str
    authority: str
    month: date
    before: Sum
    after: Sum


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What publishing did: the release that now stands, and what it changed."""

    name: str
    made: bool  # False where an identical release stood already
    current: bool  # False where a later month is what pages show
    compared_with: str | None  # the release before it, of the same month or an earlier one
    changes: tuple[Change, ...]
    unmapped: tuple[str, ...]  # teams that teams.csv does not list


def publish(actor: Actor, month: date) -> Publication:
    """Make a release of everything loaded at or before `month`, and let CURRENT name it.

    CURRENT never goes back to an earlier month than it shows. Raises AccessError, ReleaseError when
    no extract of the month is loaded, and DefinitionError when an indicator cannot be counted.
    """
    actor.must(Right.LOAD_AND_PUBLISH)
    standing = lake.standing(lake.loads(settings.lake()), month=month)
    newest = max((one.load.extract_month for one in standing), default=None)
    if newest != month:
        have = f"the newest is {newest:%Y-%m}" if newest else "none is"
        raise ReleaseError(
            f"No extract of {month:%Y-%m} is loaded; {have}. "
            f"Load it first: python -m kpi load PATH --month {month:%Y-%m}"
        )
    published = settings.published()
    with _publishing(published):
        staging = published / f".staging-{os.getpid()}"
        staging.mkdir()
        unmapped = assembly.assemble(staging, actor=actor, month=month, standing=standing)
        before = _newest_before(published, month)
        name, made = _put_in_place(staging, published, month)
        shown = releases.month_of(releases.current_name(published) or "")
        current = shown is None or shown <= month
        if current:
            _point(published, name)
        after = releases.open_release(published / name)
        return Publication(
            name=name,
            made=made,
            current=current,
            compared_with=before.name if before else None,
            changes=tuple(changes(before, after)) if before else (),
            unmapped=unmapped,
        )


def changes(before: Release, after: Release) -> Iterator[Change]:
    """Yield each figure of a whole authority that both releases count and do not agree on.

    A month in which nothing happened has no rows, and still a figure: nought, or none of none.
    """
    for authority in after.authorities:
        place = Place(authority=authority)
        old = measures.series(before.cursor(), place)
        new = measures.series(after.cursor(), place)
        for indicator in after.indicators.values():
            nothing = Sum.nothing(indicator)
            both = _counted(before, indicator.id, authority) & _counted(
                after, indicator.id, authority
            )
            for month in sorted(both):
                was = old.get(indicator.id, {}).get(month, nothing)
                now = new.get(indicator.id, {}).get(month, nothing)
                if was != now:
                    yield Change(
                        indicator=indicator.id,
                        authority=authority,
                        month=month,
                        before=was,
                        after=now,
                    )


def _counted(release: Release, indicator: str, authority: str) -> set[date]:
    """Return the months for which a release gives an indicator's figure."""
    covered = release.coverage.get((indicator, authority), {})
    return {month for month, state in covered.items() if state is State.COUNTED}


@contextmanager
def _publishing(published: Path) -> Generator[None]:
    """Hold the folder for one publisher at a time, with what a killed one left swept away."""
    published.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(published / ".lock", timeout=WAIT_SECONDS):
            for left in published.glob(".staging-*"):
                shutil.rmtree(left)
            try:
                yield
            finally:
                for left in published.glob(".staging-*"):
                    shutil.rmtree(left)
    except filelock.Timeout as busy:
        raise ReleaseError(
            "Somebody else is publishing at this moment. Nothing was changed; try again shortly."
        ) from busy


def _put_in_place(staging: Path, published: Path, month: date) -> tuple[str, bool]:
    """Rename `staging` into place and return its name, or that of the same release if it stands."""
    same_month = [name for name in releases.names(published) if releases.month_of(name) == month]
    if same_month and _same(staging, published / same_month[-1]):
        return same_month[-1], False
    number = max((releases.number_of(name) for name in same_month), default=0) + 1
    digest = lake.sha256(staging / MANIFEST)[: releases.HASH_DIGITS]
    name = f"{month:%Y-%m}.{number}-{digest}"
    staging.rename(published / name)
    disk.sync(published / name / MANIFEST)
    return name, True


def _same(staging: Path, folder: Path) -> bool:
    """Return whether two releases differ in nothing but who published them and when."""
    try:
        there = releases.verified(folder)
    except ReleaseError:
        return False
    here = json.loads((staging / MANIFEST).read_text(encoding="utf-8"))
    apart = {"published_at", "published_by"}
    return {k: v for k, v in here.items() if k not in apart} == {
        k: v for k, v in there.items() if k not in apart
    }


def _point(published: Path, name: str) -> None:
    arriving = published / f".{CURRENT}"
    arriving.write_text(name + "\n", encoding="utf-8")
    disk.sync(arriving)
    arriving.replace(published / CURRENT)
    disk.sync(published / CURRENT)


def _newest_before(published: Path, month: date) -> Release | None:
    """Return the newest release that can be opened of `month` or an earlier one."""
    for name in reversed(releases.names(published)):
        if name[:7] <= f"{month:%Y-%m}":
            try:
                return releases.open_release(published / name)
            except ReleaseError:
                continue
    return None
