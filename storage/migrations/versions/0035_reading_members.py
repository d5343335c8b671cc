"""When members of channels were asked for, how that failed, and what was heard of them meanwhile.

Revision: 0035
Follows: 0033
"""

import sqlalchemy as sa
from alembic import op


revision = '0035'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('member_list', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tried_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('changes', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('changes_read', sa.Integer(), nullable=False, server_default='0'))
