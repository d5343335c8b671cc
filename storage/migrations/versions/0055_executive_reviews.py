"""Cadences and reviews of executives, and the date of which they were told last.

Revision: 0055
Follows: 0054
"""

import sqlalchemy as sa
from alembic import op


revision = '0055'
down_revision = '0054'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('cadence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), nullable=False, server_default='accounts'))
        batch_op.add_column(sa.Column('told_on', sa.Date(), nullable=True))
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), nullable=False, server_default='accounts'))
