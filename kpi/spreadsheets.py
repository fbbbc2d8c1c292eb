"""Excel workbooks read as text, each first looked over so that none can bring the reader down."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

import python_calamine
from defusedxml import DefusedXmlException, ElementTree

from kpi.errors import ExtractError
from kpi.files import printable

MOST_ENTRIES = 2_000
MOST_EXPANDED = 300_000_000
MOST_RATIO = 100
MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_CELLS = 10_000_000

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
OF_DOCUMENT = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT_OF_DOCUMENT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"

ERROR = "holds an error such as #N/A or #REF!; mend it or clear the cell"
UNSAVED = "holds a formula with no saved result; open the workbook in Excel and save it"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet's cells as text, from cell A1 on, and what is wrong with some of them.

    A true date is written 2024-11-30, a number without needless decimals. `faults` are keyed by
    row and column, both from 1; such a cell is '' in `cells`.
    """

    name: str
    cells: list[list[str]]
    faults: dict[tuple[int, int], str]


def read(name: str, data: bytes) -> list[Sheet]:
    """Return the sheets of the workbook in `data`, hidden ones too.

    Raises ExtractError when it is no workbook, is locked, has macros, counts days from 1904, or is
    larger inside than an extract can be. It is measured before anything is built from it: one
    stray value in a far corner would otherwise take all of the machine's memory.
    """
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise ExtractError(
            f"{name} is an old Excel workbook (.xls), or one with a password. "
            "In Excel, take the password off and save it as an 'Excel Workbook (*.xlsx)'."
        )
    if data[:4] != b"PK\x03\x04":
        raise ExtractError(f"{name} is not an Excel workbook. Export it again as .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _measure(name, archive, len(data))
            parts = _worksheets(name, archive)
            scanned = {sheet: _scan(name, sheet, archive, part) for sheet, part in parts.items()}
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [_sheet(workbook, sheet, *found) for sheet, found in scanned.items()]
    except DefusedXmlException:
        raise ExtractError(
            f"{name} declares XML entities, which no real workbook does, and was not read. "
            "Open it in Excel and save it as a new workbook."
        ) from None
    except (
        zipfile.BadZipFile,
        python_calamine.CalamineError,
        ParseError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ):
        raise ExtractError(
            f"{name} is damaged or was cut short, and cannot be read. "
            "Open it in Excel, save it as .xlsx and load it again."
        ) from None


def letters(column: int) -> str:
    """Return the name that Excel gives a column, counted from 1: 28 is AB."""
    named = ""
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(65 + rest) + named
    return named


def _measure(name: str, archive: zipfile.ZipFile, size: int) -> None:
    entries = archive.infolist()
    expanded = sum(entry.file_size for entry in entries)
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or expanded > MOST_EXPANDED or expanded > MOST_RATIO * size:
        raise ExtractError(
            f"{name} unpacks to far more than a workbook of extracts holds, and was not read. "
            "Copy the lists into a new workbook and load that."
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise ExtractError(f"{name} is locked with a password. Take it off, and save as .xlsx.")
    if any(".." in path.split("/") or path.startswith(("/", "\\")) for path in names):
        raise ExtractError(f"{name} was not made by Excel, and was not read. Save it as .xlsx.")
    if any(path.lower().endswith("vbaproject.bin") for path in names):
        raise ExtractError(
            f"{name} has macros. Save it as an 'Excel Workbook (*.xlsx)', which leaves them out."
        )
    if "xl/workbook.xml" not in names:
        raise ExtractError(f"{name} is a zip archive, not an Excel workbook. Export it as .xlsx.")
    if archive.testzip() is not None:
        raise zipfile.BadZipFile


def _worksheets(name: str, archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the archive's part for each worksheet by its name, in the workbook's order."""
    with archive.open("xl/workbook.xml") as file:
        book = ElementTree.parse(file, forbid_dtd=True).getroot()
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        relations = {
            one.get("Id"): one for one in ElementTree.parse(file, forbid_dtd=True).getroot()
        }
    strict = book.tag.startswith(STRICT)
    main, of_document = (STRICT, STRICT_OF_DOCUMENT) if strict else (MAIN, OF_DOCUMENT)
    settings = book.find(f"{main}workbookPr")
    if settings is not None and settings.get("date1904", "0").lower() in ("1", "true"):
        raise ExtractError(
            f"{name} counts its days from 1904, so its dates could be read four years wrong. In "
            "Excel's advanced options take off 'Use 1904 date system', check the dates, and save."
        )
    parts = {}
    for sheet in book.iter(f"{main}sheet"):
        relation = relations[sheet.get(f"{of_document}id")]
        if relation.get("Type", "").endswith("/worksheet"):
            target = relation.get("Target")
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            parts[sheet.get("name")] = part
    return parts


def _scan(
    name: str, sheet: str, archive: zipfile.ZipFile, part: str
) -> tuple[int, int, dict[tuple[int, int], str]]:
    """Return the last row and column with a value in a sheet, and its faulty cells."""
    rows = columns = row = column = 0
    faults: dict[tuple[int, int], str] = {}
    formula = value = False
    with archive.open(part) as file:
        for event, element in ElementTree.iterparse(file, ("start", "end"), forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                if tag == "row":
                    row, column = int(element.get("r") or row + 1), 0
                elif tag == "c":
                    row, column = _place(element.get("r"), row, column)
                    formula = value = False
                continue
            if tag == "f":
                formula = True
            elif tag in ("v", "is"):
                value = value or bool("".join(element.itertext()))
            elif tag == "c":
                if value or formula:
                    rows, columns = max(rows, row), max(columns, column)
                if element.get("t") == "e":
                    faults[row, column] = ERROR
                elif formula and not value and element.get("t") != "str":
                    faults[row, column] = UNSAVED
                element.clear()
            elif tag == "row":
                element.clear()
            if rows > MOST_ROWS or columns > MOST_COLUMNS or len(faults) > MOST_ROWS:
                raise ExtractError(
                    f"{name}, sheet {printable(sheet)!r}: there is a value as far out as cell "
                    f"{letters(column)}{row}; a list ends before row {MOST_ROWS:,} and column "
                    f"{letters(MOST_COLUMNS)}. Delete the stray rows and columns, and save."
                )
    if rows * columns > MOST_CELLS:
        raise ExtractError(
            f"{name}, sheet {printable(sheet)!r}: {rows:,} rows of {columns} columns are more "
            "than a list holds. Delete the stray rows and columns, and save."
        )
    return rows, columns, faults


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Return a cell's row and column; one that does not say stands after the cell before it."""
    if reference is None:
        return row, column + 1
    parts = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", reference)
    if parts is None:
        raise ValueError(reference)
    at = 0
    for letter in parts[1]:
        at = at * 26 + ord(letter) - 64
    return int(parts[2]), at


def _sheet(
    workbook: python_calamine.CalamineWorkbook,
    name: str,
    rows: int,
    columns: int,
    faults: dict[tuple[int, int], str],
) -> Sheet:
    found = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) if rows else []
    cells = [[_text(value) for value in row] + [""] * (columns - len(row)) for row in found]
    cells += [[""] * columns for _ in range(rows - len(cells))]
    for row, column in faults:
        cells[row - 1][column - 1] = ""
    return Sheet(name=name, cells=cells, faults=faults)


def _number(value: float) -> str:
    # Excel keeps 15 digits. A longer number has lost some, and is left in a form that shows it.
    if abs(value) >= 1e15:
        return f"{value:e}"
    return str(int(value)) if value == int(value) else repr(value)


_FORMS: dict[type, Callable[..., str]] = {
    str: lambda value: value,
    float: _number,
    int: lambda value: _number(float(value)),
    bool: lambda value: "true" if value else "false",
    date: lambda value: value.isoformat(),
    datetime: lambda value: value.date().isoformat(),  # a day is all that an extract's dates say
}


def _text(value: object) -> str:
    return _FORMS.get(type(value), str)(value)
