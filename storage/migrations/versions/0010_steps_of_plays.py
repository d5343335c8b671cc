"""With how many next actions a play on an account started.

Revision: 0010
Follows: 0009
"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('play_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('steps', sa.Integer(), nullable=False, server_default='0'))
