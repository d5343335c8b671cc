"""Alembic's environment for every command. `storage.database.migrate` gives the connection; offline mode is missing."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
