"""Messages that were sent, found by their place.

Revision: 0065
Follows: 0064
"""

from alembic import op


revision = '0065'
down_revision = '0064'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.create_index('ix_letter_sent', 'letter', ['workspace_id', 'sent_channel', 'sent_ts'])
