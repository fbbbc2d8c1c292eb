"""The kinds of column that need saying, so that SQLite and PostgreSQL keep and compare alike."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Text, TypeDecorator
from sqlalchemy.dialects import postgresql


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        """Return the moment as it is kept."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        """Return the moment as it was given."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Characters are what they are: no rule of a language orders them or takes two for the same. It also
# keeps a key whole when the server's system is upgraded and with it the order of its languages.
ExactText = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
