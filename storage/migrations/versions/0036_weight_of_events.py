"""The weight of events, so that cards and lists read few of them. All that stand decide, as they did.

Revision: 0036
Follows: 0035
"""

import sqlalchemy as sa
from alembic import op


revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('weight', sa.String(length=8), nullable=False, server_default='decides'))
        batch_op.create_index('ix_event_weight', ['account_id', 'weight', 'id', 'recorded_at'])
