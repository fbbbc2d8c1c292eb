"""Publishers and a reader in processes of their own, so that a test can kill one at any moment."""

import json
import os
import shutil
import signal
import time
from datetime import date
from pathlib import Path

from kpi import publishing, releases, settings
from kpi.access import Actor, Role
from tests import packs

NOVEMBER = date(2024, 11, 1)
ASSESSMENTS = f"""{packs.ASSESSMENTS}
    1,1,2024-09-02,2024-11-04,current,Y,true,assessment_1
    2,2,2024-09-02,2024-11-05,current,Y,true,assessment_1"""


def reference(folder: Path, number: int) -> Path:
    """Return a reference folder in which the team, and so every file of a release, is `number`."""
    there = folder / f"reference-{number}"
    shutil.copytree(settings.ROOT / "data" / "reference", there)
    (there / "teams.csv").write_text(
        "team_id,team,service_area,authority,valid_from,valid_to,successor\n"
        f"assessment_1,Team {number},Assessment,311,2016-01-01,,\n",
        encoding="utf-8",
    )
    (there / "targets.csv").write_text(
        "indicator,from_month,target,floor,profile,source,agreed_by\n"
        f"assessments_within_45_days,2023-04,{number},0,,example,\n",
        encoding="utf-8",
    )
    return there


def publish(data: Path, reference: Path, number: int, kill_at_sync: int | None = None) -> None:
    """Publish as number `number`; with `kill_at_sync`, die at that wait for the disk, of all."""
    os.environ |= {"KPI_DATA": str(data), "KPI_REFERENCE": str(reference)}
    if kill_at_sync is not None:
        _die_at(kill_at_sync)
    actor = Actor(name=f"Publisher {number}", roles=frozenset({Role.ANALYST}))
    publishing.publish(actor, NOVEMBER)


def read_until(stop: Path, data: Path, seen: Path) -> None:
    """Open the current release over and over, and write down of each file which number it says."""
    os.environ["KPI_DATA"] = str(data)
    with seen.open("w", encoding="utf-8") as lines:
        while not stop.exists():
            try:
                said = numbers(releases.open_release(releases.current()))
            except Exception as error:  # whatever a reader meets, the test must hear of it
                said = {"error": repr(error)}
            lines.write(json.dumps(said) + "\n")
            lines.flush()
            time.sleep(0.03)  # so that it does not take the time of those who publish


def numbers(release: releases.Release) -> dict[str, int]:
    """Return which number each file of a release says."""
    [(team,)] = release.cursor().execute("select distinct team from measure").fetchall()
    (listed,) = set(
        releases.read_parquet(release.folder / releases.RECORDS).column("team").to_pylist()
    )
    return {
        "measure": int(team.removeprefix("Team ")),
        "records": int(listed.removeprefix("Team ")),
        "catalogue": int(release.targets[0].target),
        "teams": int(release.teams[0].team.removeprefix("Team ")),
        "manifest": int(release.manifest["published_by"].removeprefix("Publisher ")),
    }


def _die_at(number: int) -> None:
    """Let this process be killed, with no chance to tidy up, when it waits for the disk again."""
    sync, count = os.fsync, 0

    def counted(handle: int) -> None:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        sync(handle)

    os.fsync = counted
