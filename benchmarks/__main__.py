"""Measures the dashboard and prints what it found: python -m benchmarks

It makes the demonstration pack in a folder of its own ($KPI_BENCH_DATA names one made before),
publishes it, serves it, and reads it as one, ten and a hundred readers, then in Chromium; last it
saves narratives as one, five and fifty writers, in SQLite and in PostgreSQL. Nothing is asserted:
times depend on the machine, and on what else it is doing.
"""

import asyncio
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from benchmarks import browser, pack, readers, server, writers
from benchmarks.readers import Rerun

# Not Promises: it shows what stands today whichever month is chosen, and readers look for a change.
PAGES = {
    "At a glance": "",
    "Scorecard": "scorecard",
    "Service areas": "service-areas",
    "Indicator": "indicator",
    "Write": "write?as=Morgan Ellis (author)",
    "Review": "review?as=Helen Marsh (approver)",
    "Narrative quality": "narrative-quality",
    "Definitions": "definitions",
}
MANY = (10, 100)  # readers at once
LIBRARIES = ("streamlit", "duckdb", "plotly", "pyarrow", "uvicorn", "uvloop", "sqlalchemy")


def main() -> None:
    """Print every measurement."""
    with tempfile.TemporaryDirectory(prefix="kpi-bench-") as made:
        _say_machine()
        stopwatch = pack.Stopwatch()
        named = os.environ.get("KPI_BENCH_DATA")
        data = Path(named or made, "" if named else "pack").resolve()
        if not named:
            pack.make(data, stopwatch)
        pack.publish(data, Path(made, "scratch"), stopwatch)
        _table(pack.HEADS, stopwatch.rows())
        print(pack.size(data))
        with server.served(data) as host:
            _table(RERUN_HEADS, _reruns(host))
        with server.served(data) as host:  # afresh, so that no view has been opened before
            found, waits = browser.measure(host)
        _table(
            (f"In Chromium {found}, 1280 by 900", "median ms", "slowest ms", "times"),
            [
                [what, f"{median(taken):.0f}", f"{max(taken):.0f}", str(len(taken))]
                for what, taken in waits.items()
            ],
        )
    _table(writers.HEADS, list(writers.rows()))
    _say_load()


RERUN_HEADS = ("A rerun", "median ms", "95% within ms", "kB", "reruns", "failed")


def _reruns(host: str) -> list[list[str]]:
    rows, problems = [], set()

    def add(what: str, reruns: Sequence[Rerun]) -> None:
        taken = [rerun.milliseconds for rerun in reruns]
        wrong = [rerun.problem for rerun in reruns if rerun.problem]
        problems.update(wrong)
        rows.append(
            [
                what,
                f"{median(taken):.1f}",
                f"{quantiles(taken, n=20, method='inclusive')[-1]:.1f}",
                f"{median(rerun.bytes for rerun in reruns) / 1000:.1f}",
                str(len(reruns)),
                str(len(wrong)),
            ]
        )

    for page, path in PAGES.items():
        first, again = asyncio.run(readers.alone(host, path))
        add(f"{page}, 1 reader who does not stop, new views", first)
        add(f"{page}, 1 reader who does not stop, the same again", again)
        for number in MANY:
            reruns = asyncio.run(readers.together(host, path, number))
            add(f"{page}, {number} readers, ten seconds' thought", reruns)
    for problem in sorted(problems):
        print(f"Failed: {problem}", file=sys.stderr)
    return rows


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, its first column to the left and the numbers to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    print()
    for row in (heads, *rows):
        numbers = (text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True))
        print(row[0].ljust(widths[0]), *numbers, sep="  ", flush=True)


def _say_machine() -> None:
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))
    _say_load()


def _say_load() -> None:
    load = " ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"Load average over 1, 5 and 15 minutes: {load}", flush=True)


if __name__ == "__main__":
    main()
