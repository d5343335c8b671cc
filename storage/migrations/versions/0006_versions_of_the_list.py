"""The index of the entries that make the versions of the list holds corrections too: they may take such entries back.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.drop_index('ix_event_list', table_name='event')
    op.create_index('ix_event_list', 'event', ['workspace_id', 'recorded_at'], unique=False, sqlite_where=sa.text("kind in ('nominated', 'list_changed', 'corrected')"), postgresql_where=sa.text("kind in ('nominated', 'list_changed', 'corrected')"))
