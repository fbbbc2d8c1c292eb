from datetime import date

import pytest

from kpi import settings
from kpi.errors import SettingError


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in (
        "DATA",
        "REFERENCE",
        "STORE_URL",
        "AUTHORITY",
        "RECORD_MONTHS",
        "FIRST_MONTH",
        "LINK_HOSTS",
    ):
        monkeypatch.delenv(f"KPI_{name}", raising=False)


def test_everything_lies_beside_the_code_unless_the_environment_says_otherwise(
    monkeypatch, tmp_path
):
    assert settings.data() == settings.ROOT / "data"
    assert settings.reference() == settings.ROOT / "data" / "reference"

    monkeypatch.setenv("KPI_DATA", str(tmp_path))
    assert settings.incoming() == tmp_path / "incoming"
    assert settings.lake() == tmp_path / "lake"
    assert settings.published() == tmp_path / "published"
    assert settings.store_url() == f"sqlite:///{tmp_path / 'store.sqlite'}"
    assert settings.reference() == settings.ROOT / "data" / "reference"  # tracked, and not data

    monkeypatch.setenv("KPI_REFERENCE", str(tmp_path / "ours"))
    assert settings.reference() == tmp_path / "ours"


def test_an_empty_setting_is_none(monkeypatch):
    for name in ("KPI_AUTHORITY", "KPI_RECORD_MONTHS", "KPI_FIRST_MONTH"):
        monkeypatch.setenv(name, "")
    assert settings.authority() == "311"
    assert settings.record_months() == 24
    assert settings.first_month(date(2024, 11, 1)) == date(2022, 4, 1)


@pytest.mark.parametrize(
    ("extract_month", "first"),
    [
        (date(2024, 11, 1), date(2022, 4, 1)),
        (date(2025, 3, 1), date(2022, 4, 1)),  # still the financial year 2024/25
        (date(2025, 4, 1), date(2023, 4, 1)),
        (date(2025, 1, 1), date(2022, 4, 1)),
    ],
)
def test_reporting_begins_in_april_two_financial_years_back(extract_month, first):
    assert settings.first_month(extract_month) == first


def test_another_first_month_can_be_set_but_none_after_the_extract(monkeypatch):
    monkeypatch.setenv("KPI_FIRST_MONTH", "2024-01")
    assert settings.first_month(date(2024, 1, 1)) == date(2024, 1, 1)

    with pytest.raises(SettingError, match="KPI_FIRST_MONTH is after the extract's month, 2023-12"):
        settings.first_month(date(2023, 12, 1))


@pytest.mark.parametrize("text", ["2024", "2024-13", "2024-1", "11/2024", "2024-11-01", "soon"])
def test_a_month_is_a_year_and_a_month(monkeypatch, text):
    monkeypatch.setenv("KPI_FIRST_MONTH", text)
    with pytest.raises(
        SettingError, match=r"KPI_FIRST_MONTH must be a year and a month such as 2024-11\."
    ):
        settings.first_month(date(2024, 11, 1))


@pytest.mark.parametrize("text", ["0", "-3", "two", "1.5"])
def test_lists_are_kept_for_a_whole_number_of_months(monkeypatch, text):
    monkeypatch.setenv("KPI_RECORD_MONTHS", text)
    with pytest.raises(SettingError, match="KPI_RECORD_MONTHS must be a whole number of months"):
        settings.record_months()


def test_narratives_link_to_the_hosts_that_are_listed(monkeypatch):
    assert settings.link_hosts() == ("gov.uk", "nhs.uk", "nspcc.org.uk")

    monkeypatch.setenv("KPI_LINK_HOSTS", "Havering.gov.uk example.org,\nexample.com")
    assert settings.link_hosts() == ("havering.gov.uk", "example.org", "example.com")


@pytest.mark.parametrize(
    "text", ["https://gov.uk", "gov.uk/guidance", "*.gov.uk", "uk", "gov.uk:443"]
)
def test_a_host_is_listed_without_anything_else(monkeypatch, text):
    monkeypatch.setenv("KPI_LINK_HOSTS", f"nspcc.org.uk, {text}")
    with pytest.raises(SettingError, match=r"KPI_LINK_HOSTS has .*; list hosts alone"):
        settings.link_hosts()
