"""Evidence from before its actor was asked: accounts that are still to be read, and questions of whose act it is.

Revision: 0022
Follows: 0021
"""

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('older_evidence_read', sa.Boolean(), nullable=False, server_default=sa.false()))
    unread = sa.text('older_evidence_read = false')
    op.create_index('ix_account_unread', 'account', ['older_evidence_read', 'id'], sqlite_where=unread, postgresql_where=unread)
    op.create_table('evidence_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('asked_of', sa.String(length=32), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('event_id')
    )
    op.create_index('ix_evidence_question_account', 'evidence_question', ['account_id', 'settled_at'], unique=False)
    op.create_index('ix_evidence_question_person', 'evidence_question', ['workspace_id', 'asked_of', 'settled_at'], unique=False)
    op.create_index(op.f('ix_evidence_question_workspace_id'), 'evidence_question', ['workspace_id'], unique=False)
