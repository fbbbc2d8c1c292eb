"""The SQL that means the same on every engine, and what is wrong with the rest.

An indicator's SELECT must give the same rows on DuckDB and on Spark. Several constructs do not, and
say nothing about it, so only what is known to is allowed.
"""

from typing import NamedTuple

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError

ALLOWED = (
    # a SELECT, its joins, groups and windows
    *(exp.Select, exp.With, exp.CTE, exp.TableAlias, exp.From, exp.Table, exp.Join, exp.Where),
    *(exp.Group, exp.Having, exp.Qualify, exp.Union, exp.Distinct, exp.Alias, exp.Column),
    *(exp.Identifier, exp.Window, exp.Order, exp.Ordered, exp.Exists),
    # comparisons and values
    *(exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE),
    *(exp.Is, exp.In, exp.Between, exp.Literal, exp.Null, exp.Boolean, exp.Neg),
    *(exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Sub, exp.Mul, exp.Cast, exp.DataType),
    # aggregates
    *(exp.Sum, exp.Count, exp.Min, exp.Max, exp.Avg, exp.RowNumber, exp.Lag, exp.Star),
)
# The only columns that may be subtracted, known for numbers by their names: a date less a date is
# another thing on each engine.
NUMBERS = ("working_day_no", "day_no", "_fte")
STRANGE = "engines differ on this, or may. CONTRIBUTING.md says what a SELECT is made of."
TRUTHS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Not, exp.Boolean)


class Problem(NamedTuple):
    """Something that does not mean the same everywhere, and the line of the text it stands on."""

    line: int | None
    what: str


def problems(select: str) -> list[Problem]:
    """Return what in `select` does not mean the same everywhere; nothing when it all does."""
    try:
        trees = sqlglot.parse(select, dialect="duckdb")
    except ParseError as error:
        first = error.errors[0]
        return [Problem(first["line"], f"near {first['highlight']!r} it does not read as SQL.")]
    except SqlglotError as error:
        return [Problem(None, f"it does not read as SQL: {error}")]
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        return [Problem(None, "write one SELECT.")]
    found: list[Problem] = []
    for node in trees[0].walk(prune=_is_strange):
        what = [f"{_sql(node)}: {STRANGE}"] if _is_strange(node) else _misused(node)
        found += [Problem(_line(node), one) for one in what]
    return list(dict.fromkeys(found))


def _is_strange(node: exp.Expr) -> bool:
    return type(node) not in ALLOWED


def _sql(node: exp.Expr) -> str:
    return node.sql(dialect="duckdb")


def _line(node: exp.Expr | None) -> int | None:
    """Return the line on which `node` begins, or what it is a part of."""
    if node is None:
        return None
    lines = [part.meta["line"] for part in node.walk() if "line" in part.meta]
    return min(lines) if lines else _line(node.parent)


def _misused(node: exp.Expr) -> list[str]:
    """Return what is wrong with an allowed construct where it stands."""
    sql = _sql(node)
    match node:
        case exp.Star() if not isinstance(node.parent, exp.Count):
            return ["select *: name the columns"]
        case exp.Sub() if not all(_is_number(side) for side in (node.left, node.right)):
            return [f"subtract only day numbers and full-time equivalents, never dates: {sql}"]
        case exp.Cast() if not _guarded_integer(node):
            return [f"cast only to integer, and only what a CASE gives: {sql}"]
        case exp.Sum() | exp.Avg() if isinstance(node.this.unnest(), TRUTHS):
            return [f"add up numbers, not truths: {sql}"]
        case exp.Exists() if not _in_projection_of_cte(node):
            return [f"put EXISTS in a CTE's column, and ask for the column: {sql}"]
        case exp.Join() if node.method or node.kind in ("SEMI", "ANTI", "CROSS") or _unjoined(node):
            return [f"join on a condition: {sql}"]
        case exp.Union() if node.args.get("distinct"):
            return [f"write UNION ALL: {sql}"]
        case exp.With() if node.recursive:
            return ["a recursive CTE"]
        case exp.Window() if node.args.get("spec"):
            return [f"a window's frame: {sql}"]
        case exp.Distinct() if node.args.get("on"):
            return [f"DISTINCT ON: {sql}"]
        case exp.Group() if (
            node.args.get("all") or node.args.get("cube") or node.args.get("rollup")
        ):
            return [f"name the columns to group by: {sql}"]
    return []


def _is_number(side: exp.Expr) -> bool:
    return isinstance(side, exp.Column) and side.name.endswith(NUMBERS)


def _guarded_integer(cast: exp.Cast) -> bool:
    """Return whether `cast` reads whole numbers that its CASE has picked out.

    Text of digits is the same integer everywhere. Other texts are not: one engine fails on them,
    another gives NULL, and either may cast before it filters, so a WHERE is no guard.
    """
    return cast.to.is_type("int") and isinstance(cast.parent, exp.If) and cast.arg_key == "true"


def _in_projection_of_cte(node: exp.Expr) -> bool:
    alias = node.parent
    return (
        isinstance(alias, exp.Alias)
        and alias.arg_key == "expressions"
        and isinstance(alias.parent, exp.Select)
        and isinstance(alias.parent.parent, exp.CTE)
    )


def _unjoined(join: exp.Join) -> bool:
    return join.args.get("on") is None
