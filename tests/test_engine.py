"""Readers never share a cursor, and nobody reaches a file through a release's connection.

Two threads that read from one DuckDB connection are each handed rows that the other asked for.
With children's records that is a breach, and it raises no error.
"""

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from kpi import measures, settings
from kpi.organisation import Place
from kpi.releases import Release

THREADS, QUERIES = 8, 150
SOURCES = sorted((settings.ROOT / "kpi").rglob("*.py"))


def service_areas(release: Release) -> list[Place]:
    """Return a place for each thread, which it keeps asking about: no two the same."""
    areas = dict.fromkeys(place.service_area for place in release.places)
    return [Place(authority="311", service_area=area) for area in areas][:THREADS]


def wrong_answers(release: Release, connect, *, queries: int = QUERIES) -> int:
    """Return how many queries of 8 threads were answered with anything but their own rows."""
    right = {place: measures.series(release.cursor(), place) for place in service_areas(release)}
    assert len({str(answer) for answer in right.values()}) == THREADS

    def ask(place: Place) -> int:
        wrong = 0
        for _ in range(queries):
            try:
                wrong += measures.series(connect(), place) != right[place]
            except duckdb.Error:
                wrong += 1
        return wrong

    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(ask, right))


def test_a_cursor_for_each_call_hands_every_reader_their_own_rows(november):
    assert wrong_answers(november, november.cursor) == 0


def test_a_shared_connection_would_hand_readers_rows_of_others(november):
    """The fault that the rule is there for: if it is mended one day, the rule may go."""
    assert wrong_answers(november, lambda: november.connection, queries=30) > 0


def test_a_release_lends_a_new_cursor_each_time_and_runs_nothing_itself(november):
    assert november.cursor() is not november.cursor()
    assert not hasattr(november, "execute")
    assert not hasattr(november, "sql")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_module_keeps_a_cursor_or_reaches_past_it_to_the_connection(path: Path):
    """A cursor is lent for one call: handed on, used at once, or returned, and never given a name.

    Only releases knows its connection.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kept = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.withitem)
        and _is_a_cursor(node.context_expr if isinstance(node, ast.withitem) else node.value)
    ]
    reached = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "connection"
        and path.stem != "releases"
        and path.parent.name != "store"  # the store's is SQLAlchemy's
    ]
    assert not kept, f"{path.name} keeps a cursor: lines {kept}"
    assert not reached, f"{path.name} uses a connection that readers share: lines {reached}"


def _is_a_cursor(node: ast.expr | None) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "cursor"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/passwd')",
        "select * from read_csv('/etc/passwd', delim = ':')",
        "select * from read_text('{folder}/../CURRENT')",
        "select * from '{folder}/../../lake/children/**/*.parquet'",
        "copy measure to '{outside}/measure.csv'",
        "copy measure to '/tmp/measure.csv'",
        "attach '{outside}/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "select * from read_csv('https://example.org/a.csv')",
        "set enable_external_access = true",
        "set allowed_directories = ['/']",
        "set lock_configuration = false",
        "set temp_directory = '/tmp'",
        "export database '{outside}'",
    ],
)
def test_through_a_releases_connection_no_file_outside_it_can_be_read_or_written(
    november, tmp_path, statement
):
    text = statement.format(folder=november.folder, outside=tmp_path)
    with pytest.raises(duckdb.Error):
        november.cursor().execute(text).fetchall()
    assert list(tmp_path.iterdir()) == []
    assert not Path("/tmp/measure.csv").exists()


def test_a_python_variable_is_not_a_table(november):
    secret = measures  # noqa: F841 - a name that SQL must not find
    with pytest.raises(duckdb.Error):
        november.cursor().execute("select * from secret")


def test_a_value_from_a_reader_is_a_value_and_never_sql(november):
    place = Place(authority="311", service_area="' or 1 = 1 --")
    assert measures.series(november.cursor(), place) == {}
    assert (
        measures.series(november.cursor(), Place(authority="311"), "x'; drop table measure") == {}
    )
    assert measures.series(november.cursor(), Place(authority="311"))
