"""Files are read as text, row by row, or refused with the place and what to do; nothing leaks."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kpi import sources, spreadsheets
from kpi.errors import ExtractError
from tests import annex_a

NOVEMBER = date(2024, 11, 1)
SECRET = "Zephyrine"  # stands for a child's record: no message may show it

HEAD = (
    "assessment_id,child_id,start_date,authorised_date,status,team_id,"
    "child_seen,outcome_csc_support"
)
ROW = "a1,c1,2024-10-01,2024-11-01,current,mash,Y,n"


def reading(path: Path, data: bytes | str) -> sources.Reading:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return sources.read(path)


def values(found: sources.Reading, column: str, relation: int = 0) -> list[str | None]:
    return found.relations[relation].columns.column(column).to_pylist()


# ---- CSV


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}\n{ROW}\n".encode(),
        f"{HEAD}\n{ROW}".encode(),  # no line end at the end
        f"{HEAD}\r\n{ROW}\r\n".encode(),
        f"{HEAD}\r{ROW}\r".encode(),  # an old Mac's line ends
        b"\xef\xbb\xbf" + f"{HEAD}\n{ROW}\n".encode(),  # Excel's mark of UTF-8
        f"{HEAD}\n{ROW}\n".encode("utf-16"),
        b"\xfe\xff" + f"{HEAD}\n{ROW}\n".encode("utf-16-be"),
        f"{HEAD.upper().replace(',', ' , ')}\n{ROW}\n".encode(),
        f"\xa0{HEAD}\u200b\n{ROW}\n".encode(),
    ],
    ids=["plain", "no end", "crlf", "cr", "bom", "utf-16", "utf-16-be", "capitals", "nbsp"],
)
def test_a_csv_file_is_read_however_it_was_saved(tmp_path, data):
    found = reading(tmp_path / "assessments.csv", data)

    assert found.problems == ()
    assert values(found, "child_id") == ["c1"]
    assert values(found, "start_date") == ["2024-10-01"]
    assert values(found, "_line") == [2]


def test_ids_and_words_stay_exactly_as_they_are_written(tmp_path):
    odd = ["000123", "1E5", "123456789012345678", "NULL", "N/A", "Zoë", "=1+1", "a,b", "x\ny"]
    rows = "\n".join(f'"{value}",2010-01-31' for value in odd)
    found = reading(tmp_path / "children.csv", f"child_id,dob\n{rows}\n")

    assert values(found, "child_id") == odd
    assert values(found, "_line") == [2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_a_line_is_where_the_row_begins_though_a_cell_runs_over_several(tmp_path):
    found = reading(tmp_path / "children.csv", 'dob,child_id\n2010-01-31,"x\n\ny"\n2010-01-31,z\n')

    assert values(found, "_line") == [2, 5]


def test_columns_are_known_by_name_and_spare_ones_are_named_and_left_behind(tmp_path):
    found = reading(
        tmp_path / "children.csv", f"postcode,dob,child_id,Notes\nRM1,2010-01-31,c1,{SECRET}\n"
    )

    assert values(found, "child_id") == ["c1"]
    assert found.notes == ("children.csv: not in the contract, and left behind: postcode, notes.",)
    assert found.relations[0].columns.column_names == [
        "authority",
        "child_id",
        "dob",
        "_file",
        "_sheet",
        "_line",
    ]


def test_blank_rows_and_headings_again_are_skipped_by_name(tmp_path):
    text = "child_id,dob\nc1,2010-01-31\n\n,\n  , \nchild_id,dob\nc2,2010-01-31\n\n"
    grid = reading(tmp_path / "children.csv", text).relations[0].grid

    assert grid.lines == (2, 7)
    assert grid.skipped == {"blank": (3, 4, 5, 8), "headings again": (6,)}
    assert grid.rows == 7


def test_a_file_with_headings_only_is_a_table_with_no_rows(tmp_path):
    found = reading(tmp_path / "children.csv", "child_id,dob\n")

    assert found.problems == ()
    assert found.relations[0].grid.rows == 0


def test_a_row_too_long_or_too_short_is_named_by_its_line(tmp_path):
    text = f"child_id,dob\nc1,2010-01-31\nc2,2010-01-31,{SECRET}\nc3\nc4,2010-01-31,x\n"
    grid = reading(tmp_path / "children.csv", text).relations[0].grid

    assert [str(problem) for problem in grid.problems] == [
        "children.csv, line 4: has 1 value for 2 headings; "
        "put quotation marks round a value that has a comma in it.",
        "children.csv, lines 3 and 5: has 3 values for 2 headings; "
        "put quotation marks round a value that has a comma in it.",
    ]
    assert grid.rows == 4
    assert grid.broken[3] == f'["c2", "2010-01-31", "{SECRET}"]'


def zipped(**entries: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return file.getvalue()


UTF_8 = "CSV UTF-8 (Comma delimited)"
REFUSED_CSV = {
    "zero bytes": (b"", ["assessments.csv is empty", "Export it again"]),
    "one line end": (b"\n", ["assessments.csv, line 1", "no headings"]),
    "a workbook": (zipped(a="b"), ["is a workbook or a zip archive, not a CSV", "Export it again"]),
    "a Parquet file": (b"PAR1....PAR1", ["is a Parquet file, not a CSV"]),
    "an old workbook": (b"\xd0\xcf\x11\xe0....", ["an old Excel workbook"]),
    "a web page": (f"<!DOCTYPE html><p>{SECRET}".encode(), ["is a web page, not a CSV"]),
    "Windows letters": (
        f"{HEAD}\n{ROW}\n{ROW} {SECRET}\x92s\n".encode("latin-1"),
        ["assessments.csv, line 3", "not written in UTF-8", UTF_8],
    ),
    "two encodings in one file": (
        f"{HEAD}\n{SECRET} é,".encode() + "é\n".encode("latin-1"),
        ["line 2", "not written in UTF-8"],
    ),
    "half a UTF-16 letter": (f"{HEAD}\n".encode("utf-16") + b"\x41", ["not written in UTF-8"]),
    "a NUL": (f"{HEAD}\n{SECRET}\0,c1\n".encode(), ["line 2", "NUL character", UTF_8]),
    "UTF-16 without its mark": (HEAD.encode("utf-16-le"), ["line 1", "NUL character"]),
    "an open quotation mark": (
        f'{HEAD}\n{ROW}\na2,"{SECRET},2024-10-01\n{ROW}\n'.encode(),
        ["line 3", "quotation mark is not closed", "twice"],
    ),
    "a quotation mark inside": (
        f'{HEAD}\n"{SECRET}"x,c1,,,,\n'.encode(),
        ["line 2", "quotation mark"],
    ),
    "a cell of a million letters": (
        f"{HEAD}\n{'x' * 1_000_000},c1,,,,\n".encode(),
        ["line 2", "export again"],
    ),
    "semicolons": (
        f"{HEAD}\n{ROW}\n".replace(",", ";").encode(),
        ["line 1", "separated by semicolons", "by commas"],
    ),
    "tabs": (f"{HEAD}\n{ROW}\n".replace(",", "\t").encode(), ["separated by tabs"]),
    "a heading twice": (
        f"{HEAD},Child_ID \n{ROW},{SECRET}\n".encode(),
        ["line 1", "columns 2 and 9 have the same heading", "Take one of them out"],
    ),
    "a blank heading": (
        f"{HEAD},\n{ROW},{SECRET}\n".encode(),
        ["line 1", "column 9 has no heading", "Name it"],
    ),
    "a missing column": (
        f"{HEAD.replace('start_date', 'begun')}\n{ROW}\n".encode(),
        ["assessments.csv, line 1: there is no column start_date. Add it"],
    ),
    "a misspelt column": (
        f"{HEAD.replace('start_date', 'strat_date')}\n{ROW}\n".encode(),
        ["no column start_date", "Is it the one headed 'strat_date'? Then rename that"],
    ),
    "no headings at all": (
        f"{ROW.replace('c1', SECRET)}\n{ROW}\n".encode(),
        ["no column assessment_id", "no column status", "must be the first line of the file"],
    ),
    "a title above the headings": (
        f"Assessments for {SECRET},,,,,,,\n{HEAD}\n{ROW}\n".encode(),
        ["column 2, 3, 4, 5, 6, 7, 8 has no heading"],
    ),
    "thousands of columns": (
        (HEAD + "".join(f",x{n}" for n in range(16_384)) + "\n").encode(),
        ["16,392 columns", "at most 300"],
    ),
}


@pytest.mark.parametrize("case", REFUSED_CSV)
def test_a_csv_file_that_cannot_be_read_is_refused_with_its_place(tmp_path, case):
    data, said = REFUSED_CSV[case]
    found = reading(tmp_path / "assessments.csv", data)

    assert found.relations == ()
    message = "\n".join(found.problems)
    for part in said:
        assert part in message
    assert "assessments.csv" in message
    assert SECRET not in message


def test_every_file_of_a_folder_is_looked_at_and_every_problem_told(tmp_path):
    (tmp_path / "assessments.csv").write_text("child_id\n")
    (tmp_path / "children.csv").write_text("")
    (tmp_path / "asessments.csv").write_text("x\n")
    (tmp_path / "teams.csv").write_text("team_id\n")
    (tmp_path / "readme.txt").write_text("hello")
    (tmp_path / "lists.xlsx").write_bytes(zipped(a="b"))
    (tmp_path / "referrals.csv").write_text("x")
    (tmp_path / "referrals.parquet").write_text("x")
    found = sources.read(tmp_path)

    told = "\n".join(found.problems)
    assert "asessments.csv is not named after a table. Did you mean 'assessments'?" in told
    assert "no column assessment_id" in told
    assert "no column start_date" in told
    assert "children.csv is empty" in told
    assert "lists.xlsx cannot be loaded so" in told
    assert "referrals.parquet is text, not a Parquet file" in told
    assert found.notes == (
        "readme.txt is neither CSV nor Parquet, and was left behind.",
        "teams.csv was left behind: teams are kept in data/reference.",
    )


def test_a_table_may_not_come_in_two_files(tmp_path):
    (tmp_path / "children.csv").write_text("child_id,dob\n")
    pd.DataFrame({"child_id": ["c1"], "dob": ["2010-01-31"]}).to_parquet(
        tmp_path / "children.parquet"
    )

    assert "another file of children in the folder" in sources.read(tmp_path).problems[0]


def test_nothing_to_read_is_said_plainly(tmp_path):
    with pytest.raises(ExtractError, match="There is no file or folder"):
        sources.read(tmp_path / "elsewhere")
    with pytest.raises(ExtractError, match="holds no table"):
        sources.read(tmp_path)


def test_a_hostile_file_name_is_printed_on_one_line(tmp_path):
    path = tmp_path / ("chil\ndren" + "x" * 200 + ".csv")
    (problem,) = reading(path, "child_id,dob\n").problems

    assert "\n" not in problem
    assert "chil?dren" in problem
    assert len(problem) < 400


# ---- Parquet


def test_a_parquet_file_of_any_plain_types_is_read_as_text(tmp_path):
    table = pa.table(
        {
            "child_id": pa.array(["c1", None]).dictionary_encode(),
            "decom": pa.array([date(2024, 10, 1), None]),
            "rne": pa.array(["S", ""]),
            "ls": pa.array(["C2", " "]),
            "place": pa.array(["U1", None]),
            "dec": pa.array([datetime(2024, 11, 1), None], pa.timestamp("ns")),
            "pl_distance": pa.array([999.9, float("nan")]),
            "period_start_date": pa.array([date(2024, 10, 1), None]),
            "rec": pa.array([None, None], pa.string()),
            "uasc": pa.array([True, None]),
        }
    )
    pq.write_table(table, tmp_path / "cla_episodes.parquet")
    found = sources.read(tmp_path)

    assert values(found, "child_id") == ["c1"]
    assert values(found, "decom") == ["2024-10-01"]
    assert values(found, "pl_distance") == ["999.9"]
    assert values(found, "uasc") == ["true"]
    assert values(found, "dec")[0].startswith("2024-11-01 00:00:00")
    grid = found.relations[0].grid
    assert (grid.unit, grid.lines, grid.skipped) == ("row", (1,), {"blank": (2,)})


PARQUET = pa.table({"child_id": ["c1"], "dob": ["2010-01-31"]})


def parquet(table: pa.Table = PARQUET, **changed: pa.Array) -> bytes:
    for name, column in changed.items():
        table = table.set_column(table.column_names.index(name), name, column)
    file = io.BytesIO()
    pq.write_table(table, file, write_page_checksum=True, compression="none")
    return file.getvalue()


def flipped(data: bytes) -> bytes:
    at = data.index(b"2010-01-31")
    return data[:at] + b"3" + data[at + 1 :]


REFUSED_PARQUET = {
    "zero bytes": (b"", "is empty"),
    "a CSV file": (b"child_id,dob\n", "is text, not a Parquet file"),
    "cut short": (parquet()[:-20], "damaged or was cut short"),
    "one letter changed": (flipped(parquet()), "damaged or was cut short"),
    "a list in a cell": (parquet(dob=pa.array([["2010-01-31"]])), "column dob: it holds values of"),
    "bytes": (parquet(child_id=pa.array([b"c1"])), "column child_id: it holds values of"),
    "an id with a decimal point": (
        parquet(child_id=pa.array([1.5])),
        "column child_id: it holds numbers with a decimal point",
    ),
    "a time zone": (
        parquet(dob=pa.array([datetime(2010, 1, 31)], pa.timestamp("us", "Europe/London"))),
        "column dob: its times have a time zone; write plain dates",
    ),
    "a missing column": (parquet(PARQUET.drop_columns(["dob"])), "there is no column dob"),
}


@pytest.mark.parametrize("case", REFUSED_PARQUET)
def test_a_parquet_file_that_cannot_be_read_is_refused_with_its_place(tmp_path, case):
    data, said = REFUSED_PARQUET[case]
    found = reading(tmp_path / "children.parquet", data)

    assert found.relations == ()
    assert said in "\n".join(found.problems)
    assert "children.parquet" in found.problems[0]


def test_a_nul_in_a_parquet_file_is_told_by_its_row(tmp_path):
    found = reading(tmp_path / "children.parquet", parquet(child_id=pa.array(["c\0one"])))
    (problem,) = found.relations[0].grid.problems

    assert str(problem) == "children.parquet, row 1: child_id holds a NUL character; take it out."


# ---- Annex A workbooks


def tables() -> dict[str, pd.DataFrame]:
    """Return one child of each kind, with days as the demonstration pack has them."""

    def frame(**columns: list) -> pd.DataFrame:
        days = [name for name in columns if name.endswith("_date") or name in DAYS]
        return pd.DataFrame(columns).assign(
            **{name: pd.to_datetime(columns[name]) for name in days}
        )

    return {
        "children": frame(child_id=["c1", "c2", "c3"], dob=["2010-01-31", "2015-06-30", None]),
        "referrals": frame(
            referral_id=["r1", "r2", "r3"],
            child_id=["c1", "c1", "c2"],
            event_type=["contact", "referral", "referral"],
            event_date=["2024-09-30", "2024-10-01", "2024-05-31"],  # the last before the window
            team_id=["mash", "mash", "mash"],
            nfa=[None, True, False],
        ),
        "assessments": frame(
            assessment_id=["a1", "a2"],
            child_id=["c1", "c2"],
            start_date=["2024-10-01", "2024-01-31"],
            authorised_date=["2024-11-15", None],
            status=["current", "current"],
            team_id=["assessment_1", "assessment_2"],
            child_seen=["Y", None],
            outcome_csc_support=[False, None],
        ),
        "s47_icpc": frame(
            s47_id=["s1"],
            child_id=["c2"],
            strategy_date=["2024-10-01"],
            inquorate_date=[None],
            icpc_date=["2024-10-22"],
            icpc_outcome_cp=[True],
            transfer_in=[False],
            team_id=["assessment_2"],
        ),
        "cin_plans": frame(
            cin_plan_id=["n1"], child_id=["c1"], start_date=["2024-11-16"], end_date=[None]
        ),
        "cp_plans": frame(
            cp_plan_id=["p1"],
            child_id=["c2"],
            start_date=["2024-10-22"],
            end_date=[None],
            ola_plan=[False],
        ),
        "cla_episodes": frame(
            child_id=["c3", "c3"],
            decom=["2023-01-10", "2024-10-05"],
            rne=["S", "P"],
            ls=["C2", "C2"],
            place=["U1", "K2"],
            dec=["2024-10-05", None],
            rec=["X1", None],
            pl_distance=[1.0, 2.0],
            uasc=[True, True],
            period_start_date=["2023-01-10", "2023-01-10"],
        ),
        "care_leavers": frame(
            child_id=["c1"],
            extract_date=["2024-11-30"],
            eligibility=["Former relevant"],
            pathway_plan_date=["2024-08-01"],
            in_touch=["NREQ"],
            accommodation=["U"],
            accommodation_suitable=["2"],
            activity=["G5"],
        ),
        "allocations": frame(
            allocation_id=["h1", "h2", "h3"],
            child_id=["c2", "c3", "c1"],
            role=["social worker", "social worker", "personal adviser"],
            worker_id=["w1", "w2", "w3"],
            team_id=["intervention_1", "corporate_parenting_1", "leaving_care"],
            start_date=["2024-10-22", "2023-01-10", "2024-01-01"],
            end_date=[None, None, None],
        ),
    }


DAYS = ("dob", "decom", "dec")


def workbook(path: Path, change: Callable[[openpyxl.Workbook], None] | None = None) -> Path:
    """Write a small Annex A workbook, changed as the case needs."""
    annex_a.write(tables(), path, NOVEMBER)
    if change:
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
    return path


def lists(found: sources.Reading) -> dict[str, list[dict]]:
    return {relation.name: relation.columns.to_pylist() for relation in found.relations}


def test_an_annex_a_workbook_is_read_list_by_list(tmp_path):
    found = sources.read(workbook(tmp_path / "annex.xlsx"))

    assert found.problems == ()
    assert found.source == "annex_a"
    assert {name: len(rows) for name, rows in lists(found).items()} == {
        "list_1": 1,
        "list_3": 1,  # the referral of May is before the six months
        "list_4": 2,
        "list_5": 1,
        "list_6": 3,
        "list_7": 1,
        "list_8": 1,
        "list_9": 1,
    }
    (care,) = lists(found)["list_8"]
    assert care["Child Unique ID"] == "c3"
    assert care["Date Started to be Looked After"] == "2023-01-10"
    assert care["Child's Legal Status"] == "C2 - Full care order"
    assert care["Allocated Team"] == "Corporate Parenting Team 1"
    assert (care["_sheet"], care["_line"]) == ("List 8", 2)
    assert "Placement postcode" not in care  # where a child lives is not taken in


def rename(sheet: str, to: str) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        book[sheet].title = to

    return change


def heading(sheet: str, old: str, new: str | None) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        (cell,) = [cell for cell in book[sheet][1] if cell.value == old]
        if new is None:
            book[sheet].delete_cols(cell.column)
        else:
            cell.value = new

    return change


def put(sheet: str, name: str, value: object, line: int = 2) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        (cell,) = [cell for cell in book[sheet][1] if cell.value == name]
        book[sheet].cell(line, cell.column).value = value

    return change


def insert_title(book: openpyxl.Workbook) -> None:
    book["List 7"].insert_rows(1, 2)
    book["List 7"]["A1"] = "Children on a plan"


@pytest.mark.parametrize(
    "change",
    [
        rename("List 8", "list_08 - LAC"),
        rename("List 8", "Children in care"),
        rename("List 8", "Sheet8"),  # told by its headings
        heading("List 8", "Child's Legal Status", "  CHILD’S\xa0legal  status "),
        heading("List 4", "Continuous Assessment Start Date", "Assessment Start Date"),
        heading("List 1", "Age of Child (Years)", "Age"),
        insert_title,
    ],
    ids=["number", "title", "headings", "quotes", "variant", "unused", "title rows"],
)
def test_a_list_is_known_by_its_name_or_by_its_headings(tmp_path, change):
    found = sources.read(workbook(tmp_path / "annex.xlsx", change))

    assert found.problems == ()
    assert len(found.relations) == 8
    assert lists(found)["list_8"][0]["Child's Legal Status"] == "C2 - Full care order"
    assert lists(found)["list_7"][0]["Child Unique ID"] == "c2"


def test_rows_above_the_headings_are_skipped_by_name(tmp_path):
    found = sources.read(workbook(tmp_path / "annex.xlsx", insert_title))
    (grid,) = [relation.grid for relation in found.relations if relation.name == "list_7"]

    assert grid.skipped == {"above the headings": (1,)}
    assert grid.lines == (4,)


def copy_list_8(book: openpyxl.Workbook) -> None:
    book.copy_worksheet(book["List 8"]).title = "Sheet99"


REFUSED_ANNEX_A = {
    "no list 8": (
        lambda book: book.remove(book["List 8"]),
        ["annex.xlsx has no List 8 (Children in care)", "Export the workbook with it"],
    ),
    "two sheets that are list 8": (
        copy_list_8,
        ["the sheets 'List 8', 'Sheet99' could each be List 8 (Children in care). Delete all but"],
    ),
    "a needed heading is missing": (
        heading("List 6", "CIN Start Date", None),
        ["annex.xlsx, sheet 'List 6', line 1: there is no heading 'CIN Start Date'. Add it."],
    ),
    "a needed heading is misspelt": (
        heading("List 6", "CIN Start Date", "CIN Strat Date"),
        ["no heading 'CIN Start Date'. Is it the one headed 'cin strat date'? Then rename that"],
    ),
    "a needed heading twice": (
        heading("List 6", "Primary Need Code", "CIN start date "),
        ["sheet 'List 6', line 1: columns G and H are both 'CIN Start Date'"],
    ),
    "a value in a far corner": (
        lambda book: book["List 6"].__setitem__("ZZ1048576", "x"),
        ["sheet 'List 6'", "as far out as cell ZZ1048576", "Delete the stray rows and columns"],
    ),
}


@pytest.mark.parametrize("case", REFUSED_ANNEX_A)
def test_a_workbook_that_is_not_annex_a_is_refused_with_its_place(tmp_path, case):
    change, said = REFUSED_ANNEX_A[case]
    found = sources.read(workbook(tmp_path / "annex.xlsx", change))

    for part in said:
        assert part in "\n".join(found.problems)


def test_every_missing_list_and_heading_is_told_at_once(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book.remove(book["List 7"])
        book.remove(book["List 9"])
        heading("List 6", "CIN Start Date", None)(book)
        heading("List 4", "Allocated Team", None)(book)

    assert len(sources.read(workbook(tmp_path / "annex.xlsx", change)).problems) == 4


def test_an_older_workbook_lacks_some_headings_and_is_taken_without_what_they_give(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        for name in annex_a.HEADINGS["List 9"]:
            if name.startswith(("Unaccompanied", "Allocated Personal", "Latest")):
                heading("List 9", name, None)(book)

    found = sources.read(workbook(tmp_path / "annex.xlsx", change))

    assert found.problems == ()
    assert "care_leavers" not in found.tables
    assert "allocations" in found.tables
    assert "so this load does not bring care_leavers" in "\n".join(found.notes)


def far_format(book: openpyxl.Workbook) -> None:
    book["List 6"]["ZZ1048576"].font = openpyxl.styles.Font(bold=True)


def test_a_format_in_a_far_corner_is_no_value(tmp_path):
    assert sources.read(workbook(tmp_path / "annex.xlsx", far_format)).problems == ()


def problems_of(path: Path) -> list[str]:
    return [str(one) for relation in sources.read(path).relations for one in relation.grid.problems]


def test_a_formula_with_no_saved_result_is_told_by_its_cell(tmp_path):
    path = workbook(tmp_path / "annex.xlsx", put("List 6", "CIN Start Date", "=H2+5"))

    assert problems_of(path) == [
        "annex.xlsx, sheet 'List 6', line 2: 'CIN Start Date' (column G) holds a formula with no "
        "saved result; open the workbook in Excel and save it."
    ]


def test_a_row_of_which_nothing_could_be_read_is_still_a_row(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        for cell in book["List 7"][2]:
            cell.value = "=1+1"

    found = sources.read(workbook(tmp_path / "annex.xlsx", change))
    (grid,) = [relation.grid for relation in found.relations if relation.name == "list_7"]
    assert grid.lines == (2,)
    assert grid.problems


def error_cell(sheet: str, name: str) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        put(sheet, name, "#N/A")(book)
        (head,) = [cell for cell in book[sheet][1] if cell.value == name]
        book[sheet].cell(2, head.column).data_type = "e"

    return change


def test_an_error_in_a_cell_is_told_by_its_cell(tmp_path):
    path = workbook(tmp_path / "annex.xlsx", error_cell("List 7", "Child Unique ID"))

    assert problems_of(path) == [
        "annex.xlsx, sheet 'List 7', line 2: 'Child Unique ID' (column A) holds an error such as "
        "#N/A or #REF!; mend it or clear the cell."
    ]


@pytest.mark.parametrize(
    "put_in", [put("List 7", "Allocated Team", "#N/A"), error_cell("List 7", "Allocated Team")]
)
def test_nobody_holds_a_case_whose_team_excel_could_not_look_up(tmp_path, put_in):
    found = sources.read(workbook(tmp_path / "annex.xlsx", put_in))

    assert lists(found)["list_7"][0]["Allocated Team"] == ""
    assert problems_of(tmp_path / "annex.xlsx") == []


def test_an_id_of_more_digits_than_excel_keeps_is_told(tmp_path):
    path = workbook(tmp_path / "annex.xlsx", put("List 7", "Child Unique ID", 123456789012345678))

    (problem,) = problems_of(path)
    assert "'Child Unique ID' (column A) is a number too long for Excel to keep exactly" in problem
    assert "format the column as text" in problem


def test_a_numbers_cell_is_read_without_decimals_and_a_true_date_as_its_day(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        put("List 7", "Child Unique ID", 10692868)(book)
        put("List 7", "Child Protection Plan Start Date", datetime(2024, 10, 22, 9, 30))(book)

    (row,) = lists(sources.read(workbook(tmp_path / "annex.xlsx", change)))["list_7"]
    assert row["Child Unique ID"] == "10692868"
    assert row["Child Protection Plan Start Date"] == "2024-10-22"


# ---- Workbooks that are dangerous or damaged


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, changed: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (entries(path) | changed).items():
            archive.writestr(name, data)
    return file.getvalue()


def of_1904(path: Path) -> bytes:
    book = entries(path)["xl/workbook.xml"].decode()
    book = re.sub("<workbookPr[^>]*>", '<workbookPr date1904="1" />', book)
    return rewritten(path, {"xl/workbook.xml": book.encode()})


def with_entities(path: Path) -> bytes:
    sheet = entries(path)["xl/worksheets/sheet1.xml"].decode()
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    return rewritten(path, {"xl/worksheets/sheet1.xml": (bomb + sheet).encode()})


def locked(path: Path) -> bytes:
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the first entry of the directory says it is locked
    return bytes(data)


DANGEROUS = {
    "zero bytes": (lambda path: b"", "annex.xlsx is empty"),
    "text": (lambda path: f"child,{SECRET}".encode(), "is not an Excel workbook"),
    "an old workbook": (lambda path: b"\xd0\xcf\x11\xe0" * 99, "old Excel workbook (.xls), or one"),
    "another archive": (lambda path: zipped(a="b"), "is a zip archive, not an Excel workbook"),
    "cut short": (lambda path: path.read_bytes()[:-500], "is damaged or was cut short"),
    "macros": (lambda path: rewritten(path, {"xl/vbaProject.bin": b"x"}), "has macros"),
    "a password": (locked, "locked with a password"),
    "days from 1904": (of_1904, "counts its days from 1904"),
    "entities": (with_entities, "declares XML entities"),
    "a bomb": (
        lambda path: rewritten(path, {"xl/media/x": b"0" * 250_000_000}),
        "unpacks to far more",
    ),
    "thousands of entries": (
        lambda path: rewritten(path, {f"xl/{n}": b"" for n in range(2_001)}),
        "unpacks to far more",
    ),
    "a path upwards": (lambda path: rewritten(path, {"../x": b""}), "was not made by Excel"),
    "a sheet that is not there": (
        lambda path: rewritten(path, {"xl/_rels/workbook.xml.rels": b"<Relationships/>"}),
        "is damaged",
    ),
}


@pytest.mark.parametrize("case", DANGEROUS)
def test_a_workbook_that_is_dangerous_or_damaged_is_refused(tmp_path, case):
    make, said = DANGEROUS[case]
    data = make(workbook(tmp_path / "annex.xlsx"))
    (problem,) = reading(tmp_path / "annex.xlsx", data).problems

    assert said in problem
    assert "annex.xlsx" in problem
    assert SECRET not in problem


def test_columns_are_named_as_excel_names_them():
    assert [spreadsheets.letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


# ---- What a source can carry


def test_annex_a_carries_six_months_of_some_indicators_and_one_of_others():
    carries = sources.carries("annex_a")
    assert carries is not None
    window, once = carries["assessments_within_45_days"], carries["pathway_plans_up_to_date"]

    # June is the sixth month back from November, itself the first
    months = [date(2024, month, 1) for month in (5, 6, 11, 12)]
    assert [window.reaches(month, NOVEMBER) for month in months] == [False, True, True, False]
    assert [once.reaches(month, NOVEMBER) for month in months] == [False, False, True, False]
    assert "placed_over_20_miles" not in carries
    assert sources.carries("contract") is None
