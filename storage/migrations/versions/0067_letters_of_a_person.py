"""Letters to a person by the time they are due, which the weekly cap counts.

Revision: 0067
Follows: 0066
"""

import sqlalchemy as sa
from alembic import op


revision = '0067'
down_revision = '0066'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.create_index(
        'ix_letter_person',
        'letter',
        ['workspace_id', 'user_id', 'due_at'],
        sqlite_where=sa.text("user_id <> ''"),
        postgresql_where=sa.text("user_id <> ''"),
    )
