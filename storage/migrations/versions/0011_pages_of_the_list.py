"""Indexes that answer by themselves which accounts a page of the list shows, and how engaged accounts are.

Revision: 0011
Follows: 0010
"""

from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.drop_index('ix_account_list', table_name='account')
    op.create_index('ix_account_list', 'account', ['workspace_id', 'list_status', 'tier', 'name', 'fit_score'])
    op.drop_index('ix_signal_account', table_name='signal')
    of_signals = ['account_id', 'happened_at', 'recorded_at', 'taken_back_at', 'points']
    op.create_index('ix_signal_account', 'signal', of_signals)
