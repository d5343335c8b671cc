"""Addresses that pages are mailed to, and the mails.

Revision: 0053
Follows: 0051
"""

import sqlalchemy as sa
from alembic import op


revision = '0053'
down_revision = '0051'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        'mail_address',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('workspace_id', sa.String(length=32), nullable=False),
        sa.Column('address', sa.String(length=254), nullable=False),
        sa.Column('code', sa.String(), server_default='', nullable=False),
        sa.Column('code_until', instant, nullable=False),
        sa.Column('tries_left', sa.Integer(), server_default='0', nullable=False),
        sa.Column('added_by', sa.String(length=32), nullable=False),
        sa.Column('added_at', instant, nullable=False),
        sa.Column('confirmed_at', instant, nullable=True),
        sa.Column('next_at', instant, nullable=True),
        sa.UniqueConstraint('workspace_id', 'address'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_mail_address_workspace_id', 'mail_address', ['workspace_id'])
    op.create_index('ix_mail_address_next_at', 'mail_address', ['next_at'])
    op.create_table(
        'mail',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('workspace_id', sa.String(length=32), nullable=False),
        sa.Column('key', sa.String(length=320), nullable=False),
        sa.Column('address', sa.String(length=254), nullable=False),
        sa.Column('kind', sa.String(length=16), nullable=False),
        sa.Column('month', sa.String(length=7), server_default='', nullable=False),
        sa.Column('state', sa.String(length=16), nullable=False),
        sa.Column('created_at', instant, nullable=False),
        sa.Column('due_at', instant, nullable=False),
        sa.Column('leased_until', instant, nullable=True),
        sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
        sa.Column('changed_at', instant, nullable=False),
        sa.Column('last_error', sa.String(), server_default='', nullable=False),
        sa.UniqueConstraint('workspace_id', 'key'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_mail_workspace_id', 'mail', ['workspace_id'])
    op.create_index('ix_mail_due_at', 'mail', ['due_at'])
