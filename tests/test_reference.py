"""A table kept in a spreadsheet is read as it was meant, or refused with what to do."""

import pytest

from kpi import calendar, organisation, targets
from kpi.errors import DefinitionError

READERS = {
    "targets.csv": lambda path: targets.read({}, path),
    "teams.csv": organisation.read,
    "bank_holidays.csv": calendar.bank_holidays,
}


@pytest.mark.parametrize("name", READERS)
def test_a_table_saved_in_a_windows_code_page_says_how_to_save_it(tmp_path, name):
    path = tmp_path / name
    path.write_bytes("date,holiday\n2024-12-25,Children\u2019s day\n".encode("cp1252"))

    with pytest.raises(DefinitionError, match=f"{name} is not UTF-8. Save it again from Excel"):
        READERS[name](path)


@pytest.mark.parametrize("name", READERS)
def test_a_table_that_is_not_there_is_named(tmp_path, name):
    with pytest.raises(DefinitionError, match=f"{name} cannot be read"):
        READERS[name](tmp_path / name)


@pytest.mark.parametrize("name", READERS)
def test_a_table_without_its_headings_says_which_to_add(tmp_path, name):
    path = tmp_path / name
    path.write_text("something,else\n1,2\n", encoding="utf-8")

    with pytest.raises(DefinitionError, match=f"{name}: add the column "):
        READERS[name](path)


def test_a_bad_bank_holiday_is_named_by_its_line_blank_lines_counted(tmp_path):
    path = tmp_path / "bank_holidays.csv"
    path.write_text("date,holiday\n\n25/12/2024,Christmas Day\n", encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"bank_holidays.csv line 3: write the date as"):
        calendar.bank_holidays(path)
