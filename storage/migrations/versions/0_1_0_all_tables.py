"""All tables of version 0.1.0, as storage/models describes them.

Until 1.0 this is the only step: a change of the tables changes what it makes, and a database from before the change is
refused. For 1.0 it is written out, never changed again, and followed by steps.
"""

from alembic import op
from sqlmodel import SQLModel

from storage.migrate import schema

revision, down_revision, branch_labels, depends_on = schema(), None, None, None


def upgrade() -> None:
    SQLModel.metadata.create_all(op.get_bind(), checkfirst=False)
