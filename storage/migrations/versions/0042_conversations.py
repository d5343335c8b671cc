"""Conversations, whose last answer is kept whole instead of one account of it.

Revision: 0042
Follows: 0041
"""

import sqlalchemy as sa
from alembic import op


revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_column('account_id')


def downgrade() -> None:
    """Brings the schema back to the revision before."""
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('account_id', sa.Integer(), nullable=True))
