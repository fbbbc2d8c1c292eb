"""The ledger: what became of every row of a load: accepted, refused, or skipped by a named rule."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kpi.errors import ExtractError

SHOWN = 20  # stretches of lines named for one problem; enough to find the pattern


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with a column of some rows of a file, and what would put it right."""

    file: str
    sheet: str  # '' where the file has no sheets
    unit: str  # what the file's rows are called: 'line' or 'row'
    column: str  # '' where it is the whole row
    what: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        where = f"{self.file}, sheet {self.sheet!r}" if self.sheet else self.file
        row = " ".join(part for part in (self.column, self.what) if part)
        return f"{where}, {stretches(self.unit, self.lines)}: {row}."


@dataclass(frozen=True, kw_only=True)
class Count:
    """How the rows of one file or sheet came out. Headings are not rows."""

    file: str
    sheet: str
    rows: int
    accepted: int
    refused: int
    skipped: dict[str, int]  # by the rule that skipped them

    @property
    def balances(self) -> bool:
        """Return whether every row came out exactly once."""
        return self.accepted + self.refused + sum(self.skipped.values()) == self.rows


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of the extract, known again by its contents."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A table as the load keeps it. `left_out` rows were refused; `months` are a state table's."""

    table: str
    rows: int
    left_out: int
    months: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Everything about one load: who, what, from which files, and what became of each row."""

    authority: str
    extract_month: str  # '2024-11'
    number: int
    source: str
    demonstration: bool
    loaded_by: str
    loaded_at: datetime
    definitions: str  # SHA-256 of what the files were read and checked with
    files: tuple[File, ...]
    counts: tuple[Count, ...]
    tables: tuple[Kept, ...]
    why_left_out: str | None = None
    refused: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    already: bool = field(default=False, compare=False)  # these files were loaded before

    @property
    def name(self) -> str:
        """Return the load's name: '311 2024-11 0001'."""
        return f"{self.authority} {self.extract_month} {self.number:04d}"

    @property
    def month(self) -> date:
        """Return the first day of the extract month."""
        return date.fromisoformat(f"{self.extract_month}-01")

    def balance(self) -> None:
        """Raise ExtractError if any file or sheet has a row that came out not once."""
        wrong = [count.sheet or count.file for count in self.counts if not count.balances]
        if wrong:
            raise ExtractError(
                f"Rows of {', '.join(wrong)} are unaccounted for, so nothing was kept. "
                "This is a fault of the product: report it."
            )

    def to_json(self) -> str:
        """Return the ledger as it is written to the lake."""
        facts = asdict(self) | {"loaded_at": self.loaded_at.isoformat(timespec="seconds")}
        del facts["already"]
        return json.dumps(facts, indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Ledger":
        """Return the ledger that `to_json` wrote."""
        facts: dict[str, Any] = json.loads(text)
        facts["loaded_at"] = datetime.fromisoformat(facts["loaded_at"])
        facts["files"] = tuple(File(**one) for one in facts["files"])
        facts["counts"] = tuple(Count(**one) for one in facts["counts"])
        for one in facts["tables"]:
            one["months"] = tuple(one["months"])
        facts["tables"] = tuple(Kept(**one) for one in facts["tables"])
        for one in facts["refused"]:
            one["lines"] = tuple(one["lines"])
        facts["refused"] = tuple(Problem(**one) for one in facts["refused"])
        facts["warnings"] = tuple(facts["warnings"])
        facts["notes"] = tuple(facts["notes"])
        return cls(**facts)

    @classmethod
    def read(cls, path: Path) -> "Ledger":
        """Return the ledger in the file at `path`. Raises ExtractError when it is damaged."""
        try:
            return cls.from_json(path.read_text(encoding="utf-8"))
        except (ValueError, KeyError, TypeError) as wrong:
            raise ExtractError(
                f"{path} is damaged and cannot be read. Put it back from a copy, or remove it "
                "and load that month's extract again."
            ) from wrong

    def text(self) -> str:
        """Return the ledger as it is printed: the counts as a table, then all that was noticed."""
        if self.already:
            said = f"These files were loaded before, as {self.name}. Nothing was changed."
        else:
            said = f"Loaded {self.name}."
        if self.demonstration:
            said += " Invented data, for demonstration."
        shown = [said, "", *self._table()]
        if self.why_left_out is not None:
            shown += ["", f"Left out by {self.loaded_by}: {self.why_left_out}"]
            shown += [f"- {problem}" for problem in self.refused]
        for heading, lines in (("Warnings", self.warnings), ("Notes", self.notes)):
            if lines:
                shown += ["", heading, *(f"- {line}" for line in lines)]
        return "\n".join(shown)

    def _table(self) -> list[str]:
        heads = ("", "rows", "accepted", "refused", "skipped")
        body = [
            (
                f"{count.file}, {count.sheet}" if count.sheet else count.file,
                *(f"{n:,}" for n in (count.rows, count.accepted, count.refused)),
                f"{sum(count.skipped.values()):,}"
                + "".join(f" ({n:,} {rule})" for rule, n in count.skipped.items()),
            )
            for count in self.counts
        ]
        widths = [max(len(row[at]) for row in (heads, *body)) for at in range(4)]
        return [
            "  ".join(
                [
                    row[0].ljust(widths[0]),
                    *(row[at].rjust(widths[at]) for at in (1, 2, 3)),
                    row[4],
                ]
            )
            for row in (heads, *body)
        ]


def stretches(unit: str, lines: Iterable[int]) -> str:
    """Return lines in words, the unbroken ones together: 'lines 3, 7-9 and 12'."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    words = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    if len(words) > SHOWN:
        more = sum(b - a + 1 for a, b in runs[SHOWN:])
        words = [*words[:SHOWN], f"{more:,} more"]
    several = len(runs) > 1 or runs[0][0] != runs[0][1]
    listed = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return f"{unit}{'s' if several else ''} {listed}"
