"""Messages that were sent, found by their place.

Revision: 0061
Follows: 0062
"""

from alembic import op


revision = '0061'
down_revision = '0062'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.create_index('ix_letter_sent', 'letter', ['workspace_id', 'sent_channel', 'sent_ts'])
