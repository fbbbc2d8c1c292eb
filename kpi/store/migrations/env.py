"""What Alembic runs for each migration: on the connection, and in the transaction, it is given."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    transactional_ddl=True,  # SQLite too, as the store begins its transactions itself
)
with context.begin_transaction():
    context.run_migrations()
