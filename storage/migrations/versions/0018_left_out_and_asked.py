"""How often reviews left an account out, and what is asked of people and not answered yet.

Revision: 0018
Follows: 0017
"""

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('review_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('times_left_out', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asks', sa.JSON(), nullable=False, server_default='[]'))
