"""Where things lie and how much is kept, as the environment says. Nothing else reads it."""

import os
import re
from datetime import date
from pathlib import Path

from kpi.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent
LINK_HOSTS = "gov.uk, nhs.uk, nspcc.org.uk"  # and what is under them: www.havering.gov.uk


def data() -> Path:
    """Return the folder of incoming, lake and published: $KPI_DATA, or data/ beside the code."""
    return Path(os.environ.get("KPI_DATA") or ROOT / "data").resolve()


def incoming() -> Path:
    """Return the folder in which the demonstration pack's extract files are written."""
    return data() / "incoming"


def lake() -> Path:
    """Return the folder of accepted extracts."""
    return data() / "lake"


def published() -> Path:
    """Return the folder of releases."""
    return data() / "published"


def reference() -> Path:
    """Return the folder of teams, targets and bank holidays: $KPI_REFERENCE, or the tracked one."""
    return Path(os.environ.get("KPI_REFERENCE") or ROOT / "data" / "reference").resolve()


def store_url() -> str:
    """Return the store's address for SQLAlchemy: $KPI_STORE_URL, or SQLite in the data folder."""
    return os.environ.get("KPI_STORE_URL") or f"sqlite:///{data() / 'store.sqlite'}"


def authority() -> str:
    """Return the code of the council that loads: $KPI_AUTHORITY, or 311 for Havering."""
    return os.environ.get("KPI_AUTHORITY") or "311"


def record_months() -> int:
    """Return for how many months the lists behind figures are kept: $KPI_RECORD_MONTHS, or 24."""
    text = os.environ.get("KPI_RECORD_MONTHS") or "24"
    if not text.isdecimal() or int(text) < 1:
        raise SettingError("KPI_RECORD_MONTHS must be a whole number of months, 1 or more.")
    return int(text)


def link_hosts() -> tuple[str, ...]:
    """Return the hosts that a narrative may link to, and to what is under them: $KPI_LINK_HOSTS."""
    text = os.environ.get("KPI_LINK_HOSTS") or LINK_HOSTS
    hosts = tuple(text.lower().replace(",", " ").split())
    for host in hosts:
        if not re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", host):
            raise SettingError(
                f"KPI_LINK_HOSTS has {host!r}; list hosts alone, such as gov.uk, nspcc.org.uk."
            )
    return hosts


def first_month(extract_month: date) -> date:
    """Return the first reporting month: $KPI_FIRST_MONTH, or April two financial years back."""
    text = os.environ.get("KPI_FIRST_MONTH")
    if text:
        first = month(text, "KPI_FIRST_MONTH")
        if first > extract_month:
            raise SettingError(
                f"KPI_FIRST_MONTH is after the extract's month, {extract_month:%Y-%m}."
            )
        return first
    april = extract_month.year - (extract_month.month < 4)
    return date(april - 2, 4, 1)


def month(text: str, name: str = "month") -> date:
    """Return '2024-11' as the first day of that month. Raises SettingError for anything else."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise SettingError(f"{name} must be a year and a month such as 2024-11.")
    return date(int(text[:4]), int(text[5:]), 1)
