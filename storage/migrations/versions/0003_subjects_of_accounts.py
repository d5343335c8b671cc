"""The subjects of accounts: fit, people, narratives, product input, plays, deals and signals; the program's settings.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.create_table('own_play',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('definition', sa.JSON(), nullable=False),
    sa.Column('is_retired', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'key')
    )
    with op.batch_alter_table('own_play', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_own_play_workspace_id'), ['workspace_id'], unique=False)

    op.create_table('contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('suggested_roles', sa.JSON(), nullable=False),
    sa.Column('support', sa.String(length=16), nullable=False),
    sa.Column('depth', sa.String(length=16), nullable=False),
    sa.Column('touched_on', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('crm_system', sa.String(), nullable=False),
    sa.Column('crm_id', sa.String(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('signalled_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index('ix_contact_account', ['account_id', 'id'], unique=False)
        batch_op.create_index('ix_contact_crm', ['workspace_id', 'crm_id'], unique=False)
        batch_op.create_index('ix_contact_email', ['workspace_id', 'email'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_workspace_id'), ['workspace_id'], unique=False)

    op.create_table('fit_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.String(length=32), nullable=False),
    sa.Column('function', sa.String(length=32), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'account_id', 'user_id')
    )
    with op.batch_alter_table('fit_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fit_request_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_fit_request_due', ['is_open', 'asked_at'], unique=False)
        batch_op.create_index('ix_fit_request_person', ['workspace_id', 'user_id', 'is_open'], unique=False)
        batch_op.create_index(batch_op.f('ix_fit_request_workspace_id'), ['workspace_id'], unique=False)

    op.create_table('opportunity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('stage_name', sa.String(), nullable=False),
    sa.Column('phase', sa.String(length=16), nullable=False),
    sa.Column('type', sa.String(length=32), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=True),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('next_step', sa.String(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stage_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pushes', sa.Integer(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'key')
    )
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.create_index('ix_opportunity_account', ['account_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_opportunity_workspace_id'), ['workspace_id'], unique=False)

    op.create_table('play_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('play', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('outcome_expected', sa.String(), nullable=False),
    sa.Column('outcome_due_on', sa.Date(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_by', sa.String(), nullable=False),
    sa.Column('end', sa.String(length=16), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('play_run', schema=None) as batch_op:
        batch_op.create_index('ix_play_run_account', ['account_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_play_run_workspace_id'), ['workspace_id'], unique=False)

    op.create_table('signal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('strength', sa.String(length=16), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('points', sa.Float(), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('body', sa.String(length=64), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'source_id')
    )
    with op.batch_alter_table('signal', schema=None) as batch_op:
        batch_op.create_index('ix_signal_account', ['account_id', 'happened_at'], unique=False)
        batch_op.create_index('ix_signal_contact', ['contact_id', 'happened_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_signal_workspace_id'), ['workspace_id'], unique=False)

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('fit', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('fit_score', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('fit_confidence', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('narrative', sa.JSON(), nullable=False, server_default='null'))
        batch_op.add_column(sa.Column('product', sa.JSON(), nullable=False, server_default='[]'))

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_list', ['workspace_id', 'recorded_at'], unique=False, sqlite_where=sa.text("kind in ('nominated', 'list_changed')"), postgresql_where=sa.text("kind in ('nominated', 'list_changed')"))

    with op.batch_alter_table('next_action', schema=None) as batch_op:
        batch_op.add_column(sa.Column('play_id', sa.Integer(), nullable=True))

    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.add_column(sa.Column('settings', sa.JSON(), nullable=False, server_default='{}'))

    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.add_column(sa.Column('settings', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('phases', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('signals_secret', sa.String(), nullable=False, server_default=''))
