"""Questions that wait for a language model.

Revision: 0043
Follows: 0042
"""

import sqlalchemy as sa
from alembic import op


revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.create_table(
        'pending_question',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('workspace_id', sa.String(length=32), nullable=False),
        sa.Column('user_id', sa.String(length=32), nullable=False),
        sa.Column('key', sa.String(length=255), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('place', sa.String(length=64), nullable=False),
        sa.Column('channel_id', sa.String(length=32), nullable=False),
        sa.Column('thread_ts', sa.String(length=32), nullable=False),
        sa.Column('readers', sa.String(length=32), nullable=False),
        sa.Column('is_private', sa.Boolean(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint('workspace_id', 'key'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_pending_question_workspace_id', 'pending_question', ['workspace_id'])
