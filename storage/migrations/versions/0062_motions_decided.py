"""Motion of an account that a review decided.

Revision: 0062
Follows: 0059
"""

import sqlalchemy as sa
from alembic import op


revision = '0062'
down_revision = '0059'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('motion_decided', sa.String(length=16), nullable=False, server_default=''))
