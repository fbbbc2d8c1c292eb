"""How long the demonstration pack takes to build, write, load, publish and write about."""

import os
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from kpi import (
    access,
    demo,
    demonstration,
    extracts,
    lake,
    publishing,
    releases,
    settings,
    store,
)
from kpi.commands.demo import MONTHS as DEMONSTRATION_MONTHS

TIMES = 5  # how often November is published into an empty folder
HEADS = ("The demonstration pack", "median s", "slowest s", "times")


class Stopwatch:
    """What each kind of work took, in the order in which it was first done."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def __call__(self, what: str) -> Iterator[None]:
        """Note how many seconds the work inside takes."""
        began = time.perf_counter()
        yield
        self.seconds[what].append(time.perf_counter() - began)

    def rows(self) -> list[list[str]]:
        """Return a line for each kind of work, as HEADS names them."""
        return [
            [what, f"{median(taken):.2f}", f"{max(taken):.2f}", str(len(taken))]
            for what, taken in self.seconds.items()
        ]


def make(data: Path, stopwatch: Stopwatch) -> None:
    """Build, load, publish and write about the pack in `data`, as `python -m kpi demo` does."""
    os.environ["KPI_DATA"] = str(data)
    actor = access.local()
    with stopwatch("build the records of eight years"):
        whole = demo.build()
    for month in DEMONSTRATION_MONTHS:
        folder = settings.incoming() / f"{month:%Y-%m}"
        with stopwatch("write a month's extract as Parquet"):
            demo.write(demo.as_known(whole, extract_month=month), folder, form="parquet")
        with stopwatch("check and load a month's extract"):
            extracts.accept(actor, folder, month=month, demonstration=True)
        with stopwatch("publish a month beside those before it"):
            publishing.publish(actor, month)
    with stopwatch("write a year of narratives"):
        names = releases.names(settings.published())
        published = [releases.open_release(settings.published() / name) for name in names]
        demonstration.write(store.open_store(), published, authority=published[-1].authorities[0])


def publish(data: Path, scratch: Path, stopwatch: Stopwatch) -> None:
    """Publish the newest month of the lake in `data`, each time into an empty folder."""
    os.environ["KPI_DATA"] = str(scratch)
    shutil.copytree(data / "lake", settings.lake())
    for _ in range(TIMES):
        with stopwatch("publish November 2024, nothing published before"):
            publishing.publish(access.local(), DEMONSTRATION_MONTHS[-1])
        shutil.rmtree(settings.published())


def size(data: Path) -> str:
    """Return in words how much is loaded and published in `data`."""
    os.environ["KPI_DATA"] = str(data)
    loads = lake.loads(settings.lake())
    newest = max(load.extract_month for load in loads)
    rows = sum(load.rows for load in loads if load.extract_month == newest)
    files = releases.open_release(releases.current()).manifest["files"]
    return (
        f"{rows:,} rows in the extract of {newest:%B %Y}; "
        f"{files[releases.RECORDS]['rows']:,} listed records and "
        f"{files[releases.MEASURE]['rows']:,} sums in its release"
    )
