"""Retries of channels in trouble, of letters that cannot be composed, and of searches that Slack told to wait.

Revision: 0014
Follows: 0013
"""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('channel', schema=None) as batch_op:
        batch_op.add_column(sa.Column('try_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('trial', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('told_of', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('told_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_channel_try_at', ['try_at'], unique=False)
    op.execute("UPDATE channel SET try_at = trouble_at, told_of = trouble, told_at = trouble_at WHERE trouble <> ''")
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('look_cursor', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('look_began_at', sa.DateTime(timezone=True), nullable=True))
