"""An extract as it was read: each file or sheet as text, before anything is checked."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

import pyarrow as pa

from kpi import settings
from kpi.files import Grid, printable
from kpi.ledger import File

FOLDER = settings.ROOT / "sql" / "sources"


@dataclass(frozen=True, kw_only=True)
class Relation:
    """One file or sheet, under the name and with the columns that its source's SQL knows."""

    name: str
    grid: Grid
    columns: pa.Table  # text, and _file, _sheet and _line
    labels: dict[str, str]  # what 'table.column' of the contract is called in the file
    dates: dict[str, str] = field(default_factory=dict)  # columns that are all dates, likewise

    @property
    def feeds(self) -> set[str]:
        """Return the tables that its rows become."""
        return {give.partition(".")[0] for give in self.labels} or {self.name}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An extract as read. `problems` are of whole files; those of rows lie in the grids."""

    source: str
    files: tuple[File, ...]
    relations: tuple[Relation, ...]
    tables: tuple[str, ...]  # that the relations bring
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def tables(source: str) -> tuple[str, ...]:
    """Return the tables that `source` can bring."""
    return tuple(sorted(path.stem for path in (FOLDER / source).glob("*.sql")))


def columns(grid: Grid, names: Iterable[str]) -> pa.Table:
    """Return the grid's rows with the columns `names`, blank where it has none of that name."""
    nothing = pa.nulls(len(grid.lines), pa.string())
    place = {column: grid.values.column(at) for at, column in enumerate(grid.columns)}
    here = [place.get(name, nothing) for name in names]
    return pa.table(
        [
            *here,
            pa.array([grid.file] * len(grid.lines), pa.string()),
            pa.array([grid.sheet] * len(grid.lines), pa.string()),
            pa.array(grid.lines, pa.int64()),
        ],
        names=[*names, "_file", "_sheet", "_line"],
    )


def lacking(where: str, sought: str, name: str, spare: list[str]) -> str:
    """Return that a column is missing, with the heading that may be it; other headings unnamed."""
    near = get_close_matches(name, spare, n=1, cutoff=0.75)
    hint = f" Is it the one headed {printable(near[0])!r}? Then rename that." if near else ""
    return f"{where}: there is no {sought}.{hint or ' Add it.'}"


def identified(name: str, data: bytes) -> File:
    """Return a file's name and size, and the SHA-256 that tells it from every other."""
    return File(name=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
