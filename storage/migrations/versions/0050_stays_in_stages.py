"""Completed stays of accounts in stages. Those of what was recorded before are counted account by account afterwards.

Revision: 0050
Follows: 0049
"""

import sqlalchemy as sa
from alembic import op


revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        'stage_stay',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('workspace_id', sa.String(length=32), nullable=False),
        sa.Column('account_id', sa.Integer(), sa.ForeignKey('account.id'), nullable=False),
        sa.Column('stage', sa.String(length=16), nullable=False),
        sa.Column('tier', sa.Integer(), nullable=True),
        sa.Column('began_at', instant, nullable=False),
        sa.Column('ended_at', instant, nullable=False),
        sa.Column('to_stage', sa.String(length=16), nullable=False),
        sa.Column('is_known', sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column('told_at', instant, nullable=False),
        sa.Column('void_at', instant, nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_stage_stay_workspace_id', 'stage_stay', ['workspace_id'])
    op.create_index('ix_stage_stay_account', 'stage_stay', ['account_id', 'void_at'])
    op.create_index('ix_stage_stay_ended', 'stage_stay', ['workspace_id', 'ended_at'])
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stays_counted', sa.Boolean(), nullable=False, server_default=sa.false()))
    uncounted = sa.text('stays_counted = false')
    op.create_index(
        'ix_account_uncounted', 'account', ['stays_counted', 'id'], sqlite_where=uncounted, postgresql_where=uncounted
    )
