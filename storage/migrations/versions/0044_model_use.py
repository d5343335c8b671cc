"""How many questions each person gave to a language model on a day.

Revision: 0044
Follows: 0043
"""

import sqlalchemy as sa
from alembic import op


revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.create_table(
        'model_use',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('workspace_id', sa.String(length=32), nullable=False),
        sa.Column('user_id', sa.String(length=32), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('asked', sa.Integer(), nullable=False),
        sa.Column('was_read', sa.Integer(), nullable=False),
        sa.Column('was_told', sa.Boolean(), nullable=False),
        sa.UniqueConstraint('workspace_id', 'user_id', 'day'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_model_use_workspace_id', 'model_use', ['workspace_id'])
    op.create_index('ix_model_use_day', 'model_use', ['day'])
