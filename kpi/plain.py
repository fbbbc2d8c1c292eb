"""Facts as JSON keeps them, and back: dates, decimals and words of a list all become text."""

from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

T = TypeVar("T")


def plain(fact: Any) -> dict[str, Any]:
    """Return a frozen dataclass of simple fields as what JSON can hold."""
    return {name: _plain(value) for name, value in asdict(fact).items()}


def restored(kind: type[T], entry: dict[str, Any]) -> T:
    """Return the `kind` that `plain` made `entry` of. A field it lacks has its default.

    Raises TypeError for a field without a default, and ValueError for a text that will not read.
    """
    hints = _hints(kind)
    known = [f.name for f in fields(kind) if f.name in entry]  # ty: ignore[invalid-argument-type]
    return kind(**{name: _restored(hints[name], entry[name]) for name in known})


@cache  # to read them anew for each of a year's narratives takes longer than to restore these
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, date | Decimal) else value


def _restored(hint: Any, value: Any) -> Any:
    kinds = get_args(hint) or (hint,)
    if value is None:
        return None
    if isinstance(value, list):
        return tuple(_restored(kinds[0], one) for one in value)
    if date in kinds:
        return date.fromisoformat(value)
    if Decimal in kinds:
        return Decimal(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    return value
