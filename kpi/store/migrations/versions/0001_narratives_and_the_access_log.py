"""Narratives with their drafts, and the access log. The first code made such stores by itself."""

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Integer,
    PrimaryKeyConstraint,
    UniqueConstraint,
)

from kpi.store import guards
from kpi.store.columns import ExactText, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "narrative_revisions",
        Column("id", Integer, primary_key=True),
        Column("authority", ExactText, nullable=False),
        Column("month", Date, nullable=False),
        Column("service_area", ExactText, nullable=False),
        Column("indicator", ExactText, nullable=False),
        Column("number", Integer, nullable=False),
        Column("based_on", Integer, nullable=False),
        Column("figures", ExactText, nullable=False),
        Column("why", ExactText, nullable=False),
        Column("actions", ExactText, nullable=False),
        Column("difference", ExactText, nullable=False),
        Column("author", ExactText, nullable=False),
        Column("saved_at", Moment, nullable=False),
        Column("release", ExactText, nullable=False),
        Column("token", ExactText, nullable=False),
        UniqueConstraint("authority", "month", "service_area", "indicator", "number"),
        CheckConstraint("number >= 1 and based_on < number"),
    )
    op.create_table(
        "narrative_drafts",
        Column("author", ExactText, nullable=False),
        Column("authority", ExactText, nullable=False),
        Column("month", Date, nullable=False),
        Column("service_area", ExactText, nullable=False),
        Column("indicator", ExactText, nullable=False),
        Column("based_on", Integer, nullable=False),
        Column("figures", ExactText, nullable=False),
        Column("why", ExactText, nullable=False),
        Column("actions", ExactText, nullable=False),
        Column("difference", ExactText, nullable=False),
        Column("saved_at", Moment, nullable=False),
        PrimaryKeyConstraint("author", "authority", "month", "service_area", "indicator"),
    )
    op.create_table(
        "access_log",
        Column("id", Integer, primary_key=True),
        Column("at", Moment, nullable=False),
        Column("who", ExactText, nullable=False),
        Column("roles", ExactText, nullable=False),
        Column("action", ExactText, nullable=False),
        Column("source", ExactText, nullable=False),
        Column("indicator", ExactText, nullable=False),
        Column("month", Date, nullable=False),
        Column("authority", ExactText, nullable=False),
        Column("service_area", ExactText),
        Column("team", ExactText),
        Column("release", ExactText, nullable=False),
        Column("rows", Integer, nullable=False),
    )
    dialect = op.get_context().dialect.name
    if dialect == "postgresql":
        op.execute(guards.FUNCTION)
    for table in ("narrative_revisions", "access_log"):
        for statement in guards.statements(table, dialect):
            op.execute(statement)
