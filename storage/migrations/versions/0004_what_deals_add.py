"""Deals: whether the day they entered their stage is known, and whether they add value.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('adds_value', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('stage_since_known', sa.Boolean(), nullable=False, server_default=sa.true()))
