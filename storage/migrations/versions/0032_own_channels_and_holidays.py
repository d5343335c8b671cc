"""Agendas in an account's own channel, and cadences without reviews on public holidays and on days with a name.

Revision: 0032
Follows: 0028
"""

import sqlalchemy as sa
from alembic import op


revision = '0032'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('posts_agenda', sa.Boolean(), nullable=False, server_default=sa.false()))
    elsewhere = sa.text('posts_agenda = true')
    op.create_index('ix_account_elsewhere', 'account', ['posts_agenda', 'id'], sqlite_where=elsewhere, postgresql_where=elsewhere)
    with op.batch_alter_table('cadence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('day_names', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('holidays_of', sa.String(length=32), nullable=False, server_default=''))


