"""The instant at which people are asked to prepare the next review of a cadence.

Revision: 0070
Follows: 0069
"""

import sqlalchemy as sa
from alembic import op


revision = '0070'
down_revision = '0069'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('cadence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('prepare_at', sa.DateTime(timezone=True), nullable=True))
