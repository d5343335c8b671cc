"""Until when an earlier attempt to send a letter may have been under way.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tried_until', sa.DateTime(timezone=True), nullable=True))
