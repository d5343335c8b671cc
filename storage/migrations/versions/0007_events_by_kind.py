"""One index of a workspace's events by kind, which serves the versions of the list and what was recorded since a day.

Revision: 0007
Follows: 0006
"""

from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.drop_index('ix_event_list', table_name='event')
    op.drop_index('ix_event_workspace_recorded', table_name='event')
    op.create_index('ix_event_kind', 'event', ['workspace_id', 'kind', 'recorded_at'], unique=False)
