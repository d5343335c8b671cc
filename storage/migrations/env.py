"""Alembic's environment for every command. `storage.database.migrate` gives the connection; offline mode is missing."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  the metadata is complete once every table module is known
from storage.database.migrate import rendered_type

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
    render_item=rendered_type,
    transactional_ddl=True,
)
context.run_migrations()
