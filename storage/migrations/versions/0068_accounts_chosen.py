"""Accounts that somebody took into a planned review, or left out of it, before it opens.

Revision: 0068
Follows: 0067
"""

import sqlalchemy as sa
from alembic import op


revision = '0068'
down_revision = '0067'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('cadence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('chosen', sa.JSON(), server_default='{}', nullable=False))
