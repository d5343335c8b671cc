"""The stage that somebody declined for a deal.

Revision: 0075
Follows: 0074
"""

import sqlalchemy as sa
from alembic import op


revision = '0075'
down_revision = '0074'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('declined_stage', sa.String(length=16), server_default='', nullable=False))
