"""Signs that the figures of the program are used: the executive page opened, an ask taken, the list gone through.

Revision: 0049
Follows: 0044
"""

import sqlalchemy as sa
from alembic import op


revision = '0049'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.create_table(
        'mark',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('workspace_id', sa.String(length=32), nullable=False),
        sa.Column('user_id', sa.String(length=32), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('marked_on', sa.Date(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint('workspace_id', 'user_id', 'kind', 'month', 'marked_on'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_mark_workspace_id', 'mark', ['workspace_id'])
    op.create_index('ix_mark_at', 'mark', ['workspace_id', 'at'])
