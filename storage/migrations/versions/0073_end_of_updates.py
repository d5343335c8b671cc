"""The end of updates of a review as it was when it opened.

Revision: 0073
Follows: 0072
"""

import sqlalchemy as sa
from alembic import op


revision = '0073'
down_revision = '0072'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.add_column(sa.Column('updates_ended_at', sa.DateTime(timezone=True), nullable=True))
