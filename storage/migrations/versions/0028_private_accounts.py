"""Accounts that are private to a channel, and the members of such channels.

Revision: 0028
Follows: 0027
"""

import sqlalchemy as sa
from alembic import op


revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('private_channel', sa.String(length=32), nullable=False, server_default=''))
        is_private = sa.text("private_channel <> ''")
        batch_op.create_index(
            'ix_account_private',
            ['workspace_id', 'private_channel'],
            sqlite_where=is_private,
            postgresql_where=is_private,
        )
    op.create_table(
        'member_list',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('workspace_id', sa.String(length=32), nullable=False),
        sa.Column('channel_id', sa.String(length=32), nullable=False),
        sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('error', sa.String(), nullable=False),
        sa.UniqueConstraint('workspace_id', 'channel_id'),
    )
    op.create_index('ix_member_list_workspace_id', 'member_list', ['workspace_id'])
    op.create_table(
        'channel_member',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('workspace_id', sa.String(length=32), nullable=False),
        sa.Column('channel_id', sa.String(length=32), nullable=False),
        sa.Column('user_id', sa.String(length=32), nullable=False),
        sa.UniqueConstraint('workspace_id', 'channel_id', 'user_id'),
    )
    op.create_index('ix_channel_member_workspace_id', 'channel_member', ['workspace_id'])
