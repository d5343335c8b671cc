"""A mark of accounts with evidence of the stage below a claimed one.

Revision: 0023
Follows: 0022
"""

import sqlalchemy as sa
from alembic import op


revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('claimed_from_is_shown', sa.Boolean(), server_default=sa.text('false'), nullable=False)
        )
