"""Dates that buyers confirmed, the reviews at which one excused a stall, and the days on which people were heard.

Revision: 0019
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('waiting', sa.JSON(), nullable=False, server_default='null'))
    with op.batch_alter_table('review_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('excused_reviews', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('heard_on', sa.Date(), nullable=True))
