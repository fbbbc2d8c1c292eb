"""Copies of the code and its definitions, in which a test may write what an analyst would."""

import csv
import io
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kpi import settings

PARTS = ("kpi", "sql", "pages", ".streamlit", "data/reference", "tests/indicators", "app.py")


@dataclass(frozen=True)
class Tree:
    """A copy of all that makes the dashboard, and nothing that shows that it works."""

    root: Path
    data: Path

    def write(self, path: str, text: str) -> None:
        """Write a file of the copy anew."""
        (self.root / path).write_text(text, encoding="utf-8")

    def add(self, path: str, line: str) -> None:
        """Add a line to the end of a file of the copy."""
        with (self.root / path).open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def change(self, path: str, before: str, after: str) -> None:
        """Put `after` in the place of `before`, which the file must hold."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert before in text, f"{path} does not hold {before!r}"
        self.write(path, text.replace(before, after, 1))

    def line(self, path: str, text: str) -> int:
        """Return the number of the first line that holds `text`."""
        lines = (self.root / path).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Return the exit code, standard output and error of `python -m kpi …` in the copy."""
        return self.python("-m", "kpi", *arguments)

    def python(self, *arguments: str) -> tuple[int, str, str]:
        """Return the exit code, standard output and error of Python in the copy."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KPI_")}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=kept | {"KPI_DATA": str(self.data), "PYTHONPATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def table(self, *arguments: str) -> list[dict[str, str]]:
        """Return what `python -m kpi …` prints as CSV, line by line."""
        code, out, err = self.run(*arguments)
        assert code == 0, err
        return list(csv.DictReader(io.StringIO(out)))


def copy(folder: Path, data: Path) -> Tree:
    """Copy the tree into `folder`; its commands read and write the data folder `data`."""
    for part in PARTS:
        source, there = settings.ROOT / part, folder / part
        there.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, there)
    return Tree(folder, data)
