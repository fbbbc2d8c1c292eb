"""The file of a backup: gzip of lines of JSON, which is whole or refused.

First a head, with the version of the store; for each table its columns, and then its rows, each a
list; last how many rows there are, with the SHA-256 of all that stands before.
"""

import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from gzip import GzipFile
from pathlib import Path
from typing import Any

from kpi import disk
from kpi.errors import StoreError

FORMAT = 1

Counts = dict[str, int]  # rows of each table


class Lines:
    """What is written into a backup, counted and summed up as it goes."""

    def __init__(self, file: GzipFile) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.counts: Counts = {}

    def begin(self, version: str, made_at: datetime) -> None:
        """Write the head."""
        made = made_at.isoformat(timespec="seconds")
        self._add({"kpi_store_backup": FORMAT, "version": version, "made_at": made})

    def table(self, name: str, columns: dict[str, str]) -> None:
        """Write which table the rows to come are of, and the kind of each column."""
        self._add({"table": name, "columns": columns})
        self.counts[name] = 0
        self._name = name

    def row(self, values: list[Any]) -> None:
        """Write a row."""
        self._add(values)
        self.counts[self._name] += 1

    def end(self) -> None:
        """Write the last line, which proves the others."""
        self._add({"rows": self.counts, "sha256": self._digest.hexdigest()})

    def _add(self, entry: object) -> None:
        said = json.dumps(entry, ensure_ascii=False, default=_isoformat).encode() + b"\n"
        self._digest.update(said)
        self._file.write(said)


def _isoformat(value: date | datetime) -> str:
    return value.isoformat()


@contextmanager
def new(path: Path) -> Generator[Lines]:
    """Yield what is written into a new file, which appears under its name once it is whole.

    Raises StoreError where there is a file of that name already, or none can be written.
    """
    if path.exists():
        raise _there_already(path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise _not_written(path, error) from error
    arriving = Path(name)
    try:
        with os.fdopen(handle, "wb") as file, GzipFile("", "wb", fileobj=file, mtime=0) as packed:
            lines = Lines(packed)
            yield lines
            lines.end()
        disk.sync(arriving)
        _name(arriving, path)
        disk.sync_folder(path.parent)
    except FileExistsError as error:
        raise _there_already(path) from error
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        arriving.unlink(missing_ok=True)


def _name(arriving: Path, path: Path) -> None:
    """Give a file its name, or raise FileExistsError where another has it."""
    try:
        os.link(arriving, path)
    except FileExistsError:
        raise
    except OSError:  # some shares cannot give a file a second name
        if path.exists():
            raise FileExistsError from None
        arriving.rename(path)


def _there_already(path: Path) -> StoreError:
    return StoreError(f"{path} is there already, and nothing is written over it: name another.")


def _not_written(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{path} could not be written ({error.strerror}). There is no backup.")


NOTHING = "Nothing was restored."


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A backup that is whole: the version of its store, and its lines after the head."""

    version: str
    lines: Iterator[Any]


@contextmanager
def whole(path: Path, versions: list[str]) -> Generator[Kept]:
    """Yield a backup that is as it was written, of one of these versions, or raise StoreError."""
    try:
        with gzip.open(path) as file:
            version = _checked(path, file, versions)
            file.seek(0)
            lines = map(json.loads, file)
            next(lines)
            yield Kept(version=version, lines=lines)
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror or error}). {NOTHING}") from error


def _checked(path: Path, file: GzipFile, versions: list[str]) -> str:
    """Return the version of a backup's store, having read the whole file once."""
    digest, before = hashlib.sha256(), b""
    head, end = {}, {}
    try:
        for line in file:
            head = head or _object(line)
            digest.update(before)
            before = line
        end = _object(before)
    except (EOFError, ValueError, zlib.error, gzip.BadGzipFile):
        pass  # it ends before its last line
    if "kpi_store_backup" not in head:
        raise StoreError(
            f"{path} is not a backup of a store, or is damaged where it begins. {NOTHING}"
        )
    version = str(head.get("version"))
    if head["kpi_store_backup"] == FORMAT and end.get("sha256") != digest.hexdigest():
        raise StoreError(f"{path} is damaged: it is not what was written. {NOTHING}")
    if head["kpi_store_backup"] != FORMAT or version not in versions:
        raise StoreError(
            f"{path} was made by a newer version of the dashboard: its store is of version "
            f"{version}, and this code knows versions up to {versions[-1]}. {NOTHING} Install the "
            "newer code first."
        )
    return version


def _object(line: bytes) -> dict[str, Any]:
    entry = json.loads(line)
    return entry if isinstance(entry, dict) else {}
