"""The tables of the store as they are now. What brings an older store here is in migrations."""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from kpi.store.columns import ExactText, Moment


def _place() -> list[Column[Any]]:
    """Return the columns that say what a narrative is about; service_area '' is the whole."""
    return [
        Column("authority", ExactText, nullable=False),
        Column("month", Date, nullable=False),
        Column("service_area", ExactText, nullable=False),
        Column("indicator", ExactText, nullable=False),
    ]


def _words() -> list[Column[Any]]:
    """Return the columns of what an author writes: each prompt's text, and what is promised."""
    prompts = ("figures", "why", "actions", "difference")
    return [
        *(Column(prompt, ExactText, nullable=False) for prompt in prompts),
        Column("back_on_target_by", Date),
        Column("actions_promised", ExactText, nullable=False, server_default="[]"),
        Column("sourced", ExactText, nullable=False, server_default="[]"),
        Column("figure", ExactText, nullable=False, server_default=text("''")),
    ]


tables = MetaData()

revisions = Table(
    "narrative_revisions",
    tables,
    Column("id", Integer, primary_key=True),
    *_place(),
    Column("number", Integer, nullable=False),
    Column("based_on", Integer, nullable=False),
    *_words(),
    Column("author", ExactText, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("release", ExactText, nullable=False),
    Column("token", ExactText, nullable=False),
    UniqueConstraint("authority", "month", "service_area", "indicator", "number"),
    CheckConstraint("number >= 1 and based_on < number"),
)

drafts = Table(
    "narrative_drafts",
    tables,
    Column("author", ExactText, nullable=False),
    *_place(),
    Column("based_on", Integer, nullable=False),
    *_words(),
    Column("saved_at", Moment, nullable=False),
    PrimaryKeyConstraint("author", "authority", "month", "service_area", "indicator"),
)

events = Table(
    "narrative_events",
    tables,
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
    Index("narrative_events_place", "authority", "month", "service_area", "indicator"),
)

promises = Table(
    "promises",
    tables,
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
    Index("promises_place", "authority", "indicator", "service_area"),
)

outcomes = Table(
    "promise_outcomes",
    tables,
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

accesses = Table(
    "access_log",
    tables,
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

GROWING = (revisions, events, promises, outcomes, accesses)  # and guarded against all else
