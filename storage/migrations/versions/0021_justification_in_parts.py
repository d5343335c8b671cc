"""The justification of accounts in three parts, and the motion of plays.

Revision: 0021
Follows: 0020
"""

import sqlalchemy as sa
from alembic import op


revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

# the plays that come with the program, by the motion they have from now on
MOTIONS = {
    'campaign': ('round_table', 'watch'),
    'executive': ('executive_meeting',),
    'outbound': ('business_case', 'second_thread', 'answer_signal'),
    'partner': ('reference_call',),
    'product': ('pilot', 'expansion'),
}


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.execute('ALTER TABLE account RENAME COLUMN justification TO why_account')
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('why_now', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('motion', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('play_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('motion', sa.String(length=16), nullable=False, server_default=''))
    play_run = sa.table('play_run', sa.column('play', sa.String()), sa.column('motion', sa.String()))
    for motion, plays in MOTIONS.items():
        op.execute(sa.update(play_run).where(play_run.c.play.in_(plays)).values(motion=motion))
