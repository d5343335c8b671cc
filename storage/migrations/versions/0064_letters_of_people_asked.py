"""The message by which each person was asked to prepare a review, and an index by whom somebody stands in for.

Revision: 0064
Follows: 0062
"""

import sqlalchemy as sa
from alembic import op


revision = '0064'
down_revision = '0062'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('asked', schema=None) as batch_op:
        batch_op.add_column(sa.Column('letter_key', sa.String(length=128), nullable=False, server_default=''))
        batch_op.create_index('ix_asked_letter', ['workspace_id', 'letter_key'])
        batch_op.create_index('ix_asked_stood_in_for', ['workspace_id', 'for_user_id', 'planned_on'])
