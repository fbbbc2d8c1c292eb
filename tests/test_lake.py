"""The lake holds complete loads only, and publishing takes the newest that reaches the month."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi import lake
from kpi.errors import ExtractError

AUGUST, SEPTEMBER, OCTOBER = date(2024, 8, 1), date(2024, 9, 1), date(2024, 10, 1)


def keep(
    folder: Path,
    table: str,
    select: str,
    *,
    month: date,
    number: int = 1,
    months: tuple[str, ...] = (),
) -> Path:
    """Keep what `select` returns as a load of one table, and return the part."""
    where = {"authority": "311", "month": month, "number": number}
    part = lake.part_path(folder, table, **where)
    part.parent.mkdir(parents=True)
    duckdb.connect().execute(f"copy ({select}) to '{part}' (format parquet)")
    ledger = {
        "authority": "311",
        "extract_month": f"{month:%Y-%m}",
        "number": number,
        "source": "contract",
        "demonstration": False,
        "tables": [
            {
                "table": table,
                "rows": 1,
                "left_out": 0,
                "months": months,
                "sha256": lake.sha256(part),
            }
        ],
    }
    lake.seal(folder, json.dumps(ledger), **where)
    return part


def child(child_id: str) -> str:
    return f"select '311' as authority, '311:{child_id}' as child_id, date '2010-01-31' as dob"


def leavers(*days: str) -> str:
    return " union all ".join(
        f"select '311' as authority, '311:{n}' as child_id, date '{day}' as extract_date, "
        "'Relevant' as eligibility, null::date as pathway_plan_date, 'YES' as in_touch, "
        "'1' as accommodation_suitable, 'F2' as activity"
        for n, day in enumerate(days)
    )


def names(standing: list[lake.Standing]) -> list[tuple]:
    return [
        (one.load.table, one.load.name, *(f"{month:%b}" for month in one.months))
        for one in standing
    ]


def test_a_contract_is_read_from_its_table():
    contract = lake.tables()["cla_episodes"]

    assert contract.key == ("child_id", "decom")
    assert contract.state is None
    assert [c.name for c in contract.columns if c.optional] == []
    leavers = lake.tables()["care_leavers"]
    assert leavers.state == "extract_date"
    assert [c.name for c in leavers.columns if c.optional] == ["accommodation"]
    assert [c.name for c in contract.columns if not c.not_null] == ["dec", "rec", "pl_distance"]
    assert '("dec" >= decom)' in contract.checks


def test_an_empty_lake_has_no_loads(tmp_path):
    assert lake.loads(tmp_path / "lake") == []


def test_of_a_history_the_newest_load_at_or_before_the_month_stands(tmp_path):
    keep(tmp_path, "children", child("1"), month=AUGUST)
    keep(tmp_path, "children", child("2"), month=SEPTEMBER)
    keep(tmp_path, "children", child("3"), month=SEPTEMBER, number=2)
    keep(tmp_path, "children", child("4"), month=OCTOBER)
    loads = lake.loads(tmp_path)

    assert names(lake.standing(loads, month=SEPTEMBER)) == [("children", "311 2024-09 0002")]
    assert names(lake.standing(loads, month=date(2025, 3, 1))) == [("children", "311 2024-10 0001")]
    assert lake.standing(loads, month=date(2024, 7, 1)) == []


def test_of_a_state_each_month_comes_from_the_newest_load_that_carries_it(tmp_path):
    keep(
        tmp_path,
        "care_leavers",
        leavers("2024-08-31", "2024-09-30"),
        month=SEPTEMBER,
        months=("2024-08", "2024-09"),
    )
    keep(
        tmp_path,
        "care_leavers",
        leavers("2024-10-31"),
        month=OCTOBER,
        months=("2024-10",),
    )
    keep(
        tmp_path,
        "care_leavers",
        leavers("2024-09-30", "2024-09-30"),
        month=OCTOBER,
        number=2,
        months=("2024-09", "2024-10"),  # it says October too, and has nobody for it
    )
    standing = lake.standing(lake.loads(tmp_path), month=OCTOBER)

    assert names(standing) == [
        ("care_leavers", "311 2024-09 0001", "Aug"),
        ("care_leavers", "311 2024-10 0002", "Sep", "Oct"),
    ]
    with lake.connect(tmp_path) as con:
        lake.read(con, standing, "care_leavers")
        rows = con.execute(
            "select extract_date, count(*) from care_leavers group by all order by 1"
        )
        assert rows.fetchall() == [(date(2024, 8, 31), 1), (date(2024, 9, 30), 2)]


def test_a_later_month_is_not_taken_for_an_earlier_one(tmp_path):
    keep(tmp_path, "care_leavers", leavers("2024-10-31"), month=OCTOBER, months=("2024-10",))

    assert lake.standing(lake.loads(tmp_path), month=SEPTEMBER) == []


def test_a_table_with_no_load_is_read_as_an_empty_one(tmp_path):
    with lake.connect() as con:
        lake.read(con, [], "cla_episodes")
        assert con.execute("select count(*), max(pl_distance) from cla_episodes").fetchall() == [
            (0, None)
        ]


def test_a_load_without_its_ledger_does_not_exist_and_is_swept_away(tmp_path):
    kept = keep(tmp_path, "children", child("1"), month=AUGUST)
    torn = lake.part_path(tmp_path, "children", authority="311", month=AUGUST, number=2)
    torn.parent.mkdir(parents=True)
    torn.write_bytes(b"half a file")
    arriving = tmp_path / "ledger/authority=311/extract_month=2024-08/load=0002.arriving"
    arriving.write_text("{")

    assert [load.number for load in lake.loads(tmp_path)] == [1]
    with lake.keeping(tmp_path):
        assert lake.next_number(tmp_path, authority="311", month=AUGUST) == 2
    assert kept.exists()
    assert not torn.parent.exists()
    assert not arriving.exists()


def test_one_flipped_bit_in_a_kept_extract_is_noticed(tmp_path):
    part = keep(tmp_path, "children", child("1"), month=AUGUST)
    damaged = bytearray(part.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    part.write_bytes(damaged)
    standing = lake.standing(lake.loads(tmp_path), month=AUGUST)

    with lake.connect(tmp_path) as con, pytest.raises(ExtractError) as refusal:
        lake.read(con, standing, "children")
    assert "311 2024-08 0001 of children" in str(refusal.value)
    assert "load the extract again" in str(refusal.value)


def test_a_damaged_ledger_is_named(tmp_path):
    keep(tmp_path, "children", child("1"), month=AUGUST)
    (ledger,) = lake.ledgers(tmp_path)
    ledger.write_text("{")

    with pytest.raises(ExtractError, match=r"load=0001\.json is damaged"):
        lake.loads(tmp_path)


def test_an_old_load_may_lack_an_optional_column_and_no_other(tmp_path):
    conference = (
        "select '311' as authority, '311:7' as s47_id, '311:1' as child_id, "
        "date '2024-01-08' as strategy_date, null::date as icpc_date, "
        "null::boolean as icpc_outcome_cp, '311:mash' as team_id"
    )
    keep(tmp_path, "s47_icpc", f"{conference}, false as transfer_in", month=AUGUST)
    keep(tmp_path, "s47_icpc", conference, month=SEPTEMBER)
    loads = lake.loads(tmp_path)

    with lake.connect(tmp_path) as con:
        lake.read(con, lake.standing(loads, month=AUGUST), "s47_icpc")
        assert con.execute("select inquorate_date from s47_icpc").fetchall() == [(None,)]
    with lake.connect(tmp_path) as con, pytest.raises(ExtractError, match="had transfer_in"):
        lake.read(con, lake.standing(loads, month=SEPTEMBER), "s47_icpc")


def test_a_connection_reads_nothing_outside_its_folders(tmp_path):
    inside, outside = tmp_path / "lake", tmp_path / "elsewhere"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "some.csv").write_text("a\n1\n")
    with lake.connect(inside) as con:
        assert con.execute("from read_csv(?)", [str(inside / "some.csv")]).fetchall() == [(1,)]
        for forbidden in (
            f"from read_csv('{outside / 'some.csv'}')",
            f"from read_text('{inside}/../elsewhere/some.csv')",
            f"copy (select 1) to '{outside / 'written.csv'}'",
            "set enable_external_access = true",
            "install httpfs",
        ):
            with pytest.raises(duckdb.Error):
                con.execute(forbidden)
    assert not (outside / "written.csv").exists()
