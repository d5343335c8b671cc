"""Answers under way to people who recorded something.

Revision: 0039
Follows: 0038
"""

import sqlalchemy as sa
from alembic import op


revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.create_table(
        'answer_under_way',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('workspace_id', sa.String(length=32), nullable=False),
        sa.Column('user_id', sa.String(length=32), nullable=False),
        sa.Column('events', sa.JSON(), nullable=False),
        sa.Column('signals', sa.JSON(), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_answer_under_way_workspace_id', 'answer_under_way', ['workspace_id'])
    op.create_index('ix_answer_under_way_until', 'answer_under_way', ['until'])
