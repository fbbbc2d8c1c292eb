"""What is promised and where numbers come from, the trail of every step, and the ledger."""

from alembic import op
from sqlalchemy import Column, Date, ForeignKey, Integer, UniqueConstraint, text
from sqlalchemy.schema import SchemaItem

from kpi.store import guards
from kpi.store.columns import ExactText, Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and tables, and begin the trail of each revision that is there."""
    for table in ("narrative_revisions", "narrative_drafts"):
        op.add_column(table, Column("back_on_target_by", Date))
        for name, empty in (("actions_promised", "'[]'"), ("sourced", "'[]'"), ("figure", "''")):
            added = Column(name, ExactText, nullable=False, server_default=text(empty))
            op.add_column(table, added)
    op.create_table(
        "narrative_events",
        Column("id", Integer, primary_key=True),
        *_place(),
        Column("at", Moment, nullable=False),
        Column("who", ExactText, nullable=False),
        Column("roles", ExactText, nullable=False),
        Column("step", ExactText, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("based_on", Integer, nullable=False),
        Column("reason", ExactText, nullable=False),
        Column("remarks", ExactText, nullable=False),
        Column("figure", ExactText, nullable=False),
        Column("token", ExactText, nullable=False),
    )
    op.create_index(
        "narrative_events_place",
        "narrative_events",
        ["authority", "month", "service_area", "indicator"],
    )
    op.create_table(
        "promises",
        Column("id", Integer, primary_key=True),
        *_place(),
        Column("revision", Integer, nullable=False),
        Column("kind", ExactText, nullable=False),
        Column("what", ExactText, nullable=False),
        Column("owner", ExactText, nullable=False),
        Column("due", Date, nullable=False),
        Column("made_at", Moment, nullable=False),
        Column("made_by", ExactText, nullable=False),
        Column("approved_by", ExactText, nullable=False),
        Column("moved_from", Integer, ForeignKey("promises.id")),
    )
    op.create_index("promises_place", "promises", ["authority", "indicator", "service_area"])
    op.create_table(
        "promise_outcomes",
        Column("id", Integer, primary_key=True),
        Column("promise", Integer, ForeignKey("promises.id"), nullable=False),
        Column("at", Moment, nullable=False),
        Column("who", ExactText, nullable=False),
        Column("outcome", ExactText, nullable=False),
        Column("note", ExactText, nullable=False),
        Column("done_date", Date),
        Column("token", ExactText, nullable=False),
        UniqueConstraint("promise"),
    )
    for table in ("narrative_events", "promises", "promise_outcomes"):
        for statement in guards.statements(table, op.get_context().dialect.name):
            op.execute(statement)
    op.execute("""
        insert into narrative_events (
            authority, month, service_area, indicator,
            at, who, roles, step, revision, based_on, reason, remarks, figure, token
        )
        select
            authority, month, service_area, indicator,
            saved_at, author, '', 'saved', number, based_on, '', '[]', '', token
        from narrative_revisions
        order by id
    """)


def _place() -> list[SchemaItem]:
    return [
        Column("authority", ExactText, nullable=False),
        Column("month", Date, nullable=False),
        Column("service_area", ExactText, nullable=False),
        Column("indicator", ExactText, nullable=False),
    ]
