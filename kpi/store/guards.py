"""Guards: a table that is guarded only grows, whoever is at the database and by mistake changes it.

They hold against slips and against faults of ours. Whoever owns the database can take them away,
and `python -m kpi store verify` then says so.
"""

from sqlalchemy import Connection

REFUSED = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}
_SAYS = "only grows: no row may be changed or taken out"

# One for all tables of a PostgreSQL database; SQLite's triggers say it themselves.
FUNCTION = f"""
create function only_grows() returns trigger language plpgsql as $$
begin raise exception using message = tg_table_name || ' {_SAYS}'; end $$"""


def names(table: str, dialect: str) -> set[str]:
    """Return what the triggers are called that guard a table."""
    return {f"{table}_refuses_{verb}" for verb in REFUSED[dialect]}


def statements(table: str, dialect: str) -> list[str]:
    """Return what sets up the guards of a table."""
    does = {
        "sqlite": f"begin select raise(abort, '{table} {_SAYS}'); end",
        "postgresql": "for each statement execute function only_grows()",
    }[dialect]
    return [
        f"create trigger {table}_refuses_{verb} before {verb} on {table} {does}"
        for verb in REFUSED[dialect]
    ]


def standing(connection: Connection) -> set[str]:
    """Return what the triggers of a store are called."""
    listed = {
        "sqlite": "select name from sqlite_schema where type = 'trigger'",
        "postgresql": """
            select tgname from pg_trigger
            where not tgisinternal and tgenabled = 'O' and tgrelid in (
                select oid from pg_class where relnamespace = current_schema()::regnamespace
            )""",
    }[connection.dialect.name]
    return set(connection.exec_driver_sql(listed).scalars())
