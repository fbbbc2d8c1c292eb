"""What an extract must be: texts become values of their type, and each rule is tried on every row.

It works in a connection that has the schemas `raw` (relations as read), `text` (tables in the
contract's words) and `typed` (tables as they will be kept). Rows are known by file, sheet and line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kpi import calendar, settings
from kpi.lake import Column, Connection, Contract

FIRST_DAY = date(1990, 1, 1)
MONTHS_AHEAD = 24
NOT_KNOWN = date(1900, 1, 1)  # what some case systems write for a date they lack
PLACE = "_file, _sheet, _line"

NOT_A_DATE = "is not a date; write it as dd/mm/yyyy or yyyy-mm-dd"
BLANK = "is blank; fill it in"
TOO_EARLY = "is before 1990; correct the year"
CONFLICT = "is the same on more than one line, with different data; keep the right one"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with a column of some rows of one file or sheet."""

    file: str
    sheet: str
    lines: tuple[int, ...]
    column: str
    what: str
    other: str  # a second column that `what` names as {other}


def prepare(con: Connection, *, serials: bool) -> None:
    """Create the schemas, and the words in which sources and checks read texts.

    plain(text): without spaces round it, and NULL when nothing is left. as_date(text): a day, or
    NULL when it is none. `serials` reads Excel's day numbers as well. The others are in
    sql/sources/words.sql.
    """
    for schema in ("raw", "text", "typed"):
        con.execute(f"create schema {schema}")
    excel = (
        "when regexp_full_match(plain(t), '[1-9][0-9]{4}') "
        "then date '1899-12-30' + cast(plain(t) as integer)"
        if serials
        else ""
    )
    macros = {
        "plain(t)": (
            "nullif(trim(t, chr(32) || chr(9) || chr(10) || chr(13) || chr(160)"
            " || chr(8203) || chr(65279)), '')"
        ),
        "as_date(t)": (
            r"case when regexp_full_match(plain(t), '\d{4}-\d{2}-\d{2}([ T]00:00(:00(\.0+)?)?)?')"
            r" then try_cast(substr(plain(t), 1, 10) as date)"
            r" when regexp_full_match(plain(t), '\d{2}/\d{2}/\d{4}( 00:00(:00)?)?')"
            r" then try_cast(substr(plain(t), 7, 4) || '-' || substr(plain(t), 4, 2) || '-'"
            rf" || substr(plain(t), 1, 2) as date) {excel} end"
        ),
    }
    for name, body in macros.items():
        con.execute(f"create macro {name} as {body}")
    con.execute(settings.ROOT.joinpath("sql", "sources", "words.sql").read_text(encoding="utf-8"))


def type_table(con: Connection, contract: Contract) -> None:
    """Create typed.<table> from text.<table>; what is not of its type is NULL there.

    The texts stay beside the values as "<column> text", and the days that they name, even one that
    stands for a date not known, as "<column> day".
    """
    names = [column.name for column in contract.columns]
    days = [column.name for column in contract.columns if column.type == "DATE"]
    texts = ", ".join(f'plain("{name}") as "{name} text"' for name in names)
    read = ", ".join(["*", *(f'as_date("{name} text") as "{name} day"' for name in days)])
    values = ", ".join(
        f'{_value(column, contract)} as "{column.name}"' for column in contract.columns
    )
    con.execute(
        f"create or replace table typed.{contract.table} as "
        f"with texts as (select {texts}, {PLACE} from text.{contract.table}), "
        f"days as (select {read} from texts) select {values}, * from days"
    )


def faults(con: Connection, contract: Contract, *, month_end: date) -> Iterator[Fault]:
    """Yield what is wrong with the rows of typed.<table>, duplicates aside."""
    relation = f"typed.{contract.table}"
    for column in contract.columns:
        value, text, day = f'"{column.name}"', f'"{column.name} text"', f'"{column.name} day"'
        unsaid = f"{text} is null"
        if column.type == "DATE":
            yield from dates(con, relation, column.name, text=text, day=day, month_end=month_end)
            unsaid += f" or {day} = date '{NOT_KNOWN}'"
        elif column.type == "VARCHAR":
            unsaid = f"{value} is null"
        else:
            wrong = f"{value} is null and {text} is not null"
            yield from _found(con, relation, column.name, _UNTYPED[_kind(column)], wrong)
        if column.not_null:
            yield from _found(con, relation, column.name, BLANK, unsaid)
        if column.name == contract.state:
            what = f"is after the extract month, which ended on {month_end:%d/%m/%Y}; load it later"
            within = f"<= date '{_furthest(month_end)}'"
            late = f"{value} > date '{month_end}' and {value} {within}"
            yield from _found(con, relation, column.name, what, late)
    for check in contract.checks:
        column, other, what = in_words(check)
        yield from _found(con, relation, column, what, f"not {check}", other=other)


def dates_of(con: Connection, relation: str, column: str, *, month_end: date) -> Iterator[Fault]:
    """Yield where the texts of a column of `relation` are no dates, or too far off."""
    con.execute(
        f'create or replace temp table dated as select plain("{column}") as text, '
        f'as_date("{column}") as day, {PLACE} from {relation}'
    )
    yield from dates(con, "dated", column, text="text", day="day", month_end=month_end)


def dates(
    con: Connection, relation: str, column: str, *, text: str, day: str, month_end: date
) -> Iterator[Fault]:
    """Yield where the texts in `text` of `relation`, read as `day`, are no dates or too far off."""
    last = _furthest(month_end)
    too_late = f"is more than two years after the extract month (after {last:%d/%m/%Y}); "
    for what, where in (
        (NOT_A_DATE, f"{day} is null and {text} is not null"),
        (TOO_EARLY, f"{day} < date '{FIRST_DAY}' and {day} <> date '{NOT_KNOWN}'"),
        (too_late + "correct the year", f"{day} > date '{last}'"),
    ):
        yield from _found(con, relation, column, what, where)


def drop_identical(con: Connection, contract: Contract) -> list[tuple[str, str, int]]:
    """Take out of typed.<table> each row that repeats an earlier one, and return their places."""
    names = ", ".join(f'"{column.name}"' for column in contract.columns)
    con.execute(
        f"create or replace temp table repeats as select {PLACE} from typed.{contract.table} "
        f"qualify row_number() over (partition by {names} order by {PLACE}) > 1"
    )
    con.execute(
        f"delete from typed.{contract.table} as t using repeats as r "
        "where t._file = r._file and t._sheet = r._sheet and t._line = r._line"
    )
    return con.execute(f"select {PLACE} from repeats order by all").fetchall()


def conflicts(con: Connection, contract: Contract) -> Iterator[Fault]:
    """Yield the rows of typed.<table> whose key another row has too, with different data."""
    key = ", ".join(f'"{column}"' for column in contract.key)
    con.execute(
        f"create or replace temp table conflicting as select {PLACE} from typed.{contract.table} "
        f"qualify count(*) over (partition by {key}) > 1"
    )
    yield from _found(con, "conflicting", " and ".join(contract.key), CONFLICT, "true")


def not_known(con: Connection, contract: Contract) -> Iterator[Fault]:
    """Yield the rows of typed.<table> that say 1 January 1900 for a date that nobody knew."""
    what = "is 01/01/1900; read as missing"
    for column in contract.columns:
        if column.type == "DATE":
            where = f"\"{column.name} day\" = date '{NOT_KNOWN}'"
            yield from _found(con, f"typed.{contract.table}", column.name, what, where)


def warnings(con: Connection, source: str, tables: tuple[str, ...]) -> Iterator[tuple[str, Fault]]:
    """Yield table and rows that the files of sql/checks find, with the warning of each file.

    The rows are of the first table that a file says it reads; it is tried when all are loaded.
    """
    for path in sorted((settings.ROOT / "sql" / "checks").glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        said = dict(re.findall(r"^-- (warning|column|reads|source): (.+)$", sql, re.MULTILINE))
        read = said["reads"].split(", ")
        if set(read) <= set(tables) and said.get("source", source) == source:
            con.execute(f"create or replace temp table warned as {sql}")
            for fault in _found(con, "warned", said["column"], said["warning"], "true"):
                yield read[0], fault


_TRUE = "('y', 'yes', 'true', '1')"
_FALSE = "('n', 'no', 'false', '0')"
_UNTYPED = {
    "BOOLEAN": "is neither yes nor no; write y or n",
    "DECIMAL": "is not a number, or too large a one; write digits only, such as 12.5",
}


def _kind(column: Column) -> str:
    return column.type.partition("(")[0]


def _value(column: Column, contract: Contract) -> str:
    """Return the SQL that makes a value of a column's text, NULL where it is none."""
    text = f'"{column.name} text"'
    if column.type == "DATE":
        return f"nullif(\"{column.name} day\", date '{NOT_KNOWN}')"
    if column.type == "VARCHAR":
        an_id = column.name.endswith("_id") and column.name not in contract.key
        return f"nullif({text}, '-1')" if an_id else text  # -1 is a case system's "no such thing"
    if column.type == "BOOLEAN":
        return (
            f"case when lower({text}) in {_TRUE} then true "
            f"when lower({text}) in {_FALSE} then false end"
        )
    number = f"regexp_full_match({text}, '-?[0-9]+([.][0-9]+)?')"
    return f"case when {number} then try_cast({text} as {column.type}) end"


def _furthest(month_end: date) -> date:
    return calendar.month_end(calendar.add_months(month_end.replace(day=1), MONTHS_AHEAD))


# What a pattern of a table's rules asks for. A rule says where it stands; this says it to a person.
_PATTERNS = {"[0-9]|[1-3][0-9]|40": "is not a whole number from 0 to 40; write the score alone"}


def in_words(check: str) -> tuple[str, str, str]:
    """Return what a check says when it is broken: its column, another it names, and the words.

    The words have {other} where the other column is to be named.
    """
    number = re.fullmatch(r'\("?(\w+)"? (>=?) (-?\d+)\)', check)
    if number:
        least = "{} or more" if number[2] == ">=" else "a number above {}"
        return number[1], "", f"is too small; write {least.format(number[3])}"
    order = re.fullmatch(r'\("?(\w+)"? >= "?(\w+)"?\)', check)
    if order:
        return order[1], order[2], "is before {other}; correct one of the two"
    choice = re.fullmatch(r'\("?(\w+)"? IN \(([^()]+)\)\)', check)
    if choice:
        return choice[1], "", f"is not one of these words: {', '.join(_quoted(choice[2]))}"
    pattern = re.fullmatch(r"regexp_full_match\(\"?(\w+)\"?, '([^']+)'\)", check)
    if pattern:
        return pattern[1], "", _PATTERNS[pattern[2]]
    only = re.fullmatch(r'\(\("?(\w+)"? (?:NOT IN|!=) ([^)]+\)?)\) OR (.+)\)', check)
    if only:
        column, _, what = in_words(only[3])
        return column, only[1], f"{what}, as {{other}} is {' or '.join(_quoted(only[2]))}"
    raise ValueError(f"This rule of a table cannot be said in words: {check}")


def _quoted(listed: str) -> list[str]:
    return re.findall(r"'([^']*)'", listed)


def _found(
    con: Connection, relation: str, column: str, what: str, where: str, *, other: str = ""
) -> Iterator[Fault]:
    rows = con.execute(
        f"select _file, _sheet, list(_line order by _line) from {relation} where {where} "
        "group by _file, _sheet order by _file, _sheet"
    ).fetchall()
    for file, sheet, lines in rows:
        yield Fault(
            file=file, sheet=sheet, lines=tuple(lines), column=column, what=what, other=other
        )
