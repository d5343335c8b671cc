"""Questions about fit: a flag for those that somebody stopped, which a retracted decision does not ask again.

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('fit_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_stopped', sa.Boolean(), nullable=False, server_default=sa.false()))
