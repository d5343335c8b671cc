"""Signals: the sender's name for the person, since when the present points count, and an index by time.

Revision: 0015
Follows: 0014
"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.drop_index('ix_contact_email', table_name='contact')
    op.drop_index('ix_signal_account', table_name='signal')
    with op.batch_alter_table('signal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('is_replaced', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('counts_since', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE signal SET counts_since = recorded_at")
    with op.batch_alter_table('signal', schema=None) as batch_op:
        batch_op.alter_column('counts_since', existing_type=sa.DateTime(timezone=True), nullable=False)
    of_signals = ['account_id', 'happened_at', 'id', 'counts_since', 'taken_back_at', 'points']
    op.create_index('ix_signal_account', 'signal', of_signals)
    of_nobody = sa.text("contact_id is null and person <> ''")
    op.create_index('ix_signal_of_nobody', 'signal', ['account_id', 'person'], sqlite_where=of_nobody, postgresql_where=of_nobody)
