"""The audit trail by account, person and date, and the imports of before it told them.

Revision: 0033
Follows: 0032
"""

import sqlalchemy as sa
from alembic import op


revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None

OF_AN_ACCOUNT = sa.text("account_id IS NOT NULL")
IN_TRAIL = sa.text("kind IN ('nominated', 'edited', 'list_changed', 'justified', 'privacy_set', 'corrected') AND source <> 'import'")

entry = sa.table(
    'audit_entry',
    sa.column('id', sa.Integer),
    sa.column('workspace_id', sa.String),
    sa.column('at', sa.DateTime(timezone=True)),
    sa.column('actor', sa.String),
    sa.column('subject', sa.String),
    sa.column('before', sa.JSON),
    sa.column('after', sa.JSON),
    sa.column('account_id', sa.Integer),
)
run = sa.table(
    'import_run',
    sa.column('id', sa.Integer),
    sa.column('workspace_id', sa.String),
    sa.column('file_name', sa.String),
    sa.column('what', sa.String),
    sa.column('actor', sa.String),
    sa.column('applied_at', sa.DateTime(timezone=True)),
    sa.column('undone_at', sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('account_id', sa.Integer(), nullable=True))
        batch_op.drop_index('ix_audit_entry_at')
    for name, columns in (
        ('ix_audit_entry_at', ['workspace_id', 'at', 'id']),
        ('ix_audit_entry_actor', ['workspace_id', 'actor', 'at', 'id']),
        ('ix_audit_entry_subject', ['workspace_id', 'subject', 'id']),
        ('ix_audit_entry_account', ['workspace_id', 'account_id', 'at', 'id']),
    ):
        op.create_index(name, 'audit_entry', columns, unique=False)
    op.create_index(
        'ix_audit_entry_accounts', 'audit_entry', ['workspace_id', 'at', 'id'], unique=False,
        sqlite_where=OF_AN_ACCOUNT, postgresql_where=OF_AN_ACCOUNT,
    )
    for name, columns in (
        ('ix_event_trail', ['workspace_id', 'recorded_at', 'id']),
        ('ix_event_trail_actor', ['workspace_id', 'actor', 'recorded_at', 'id']),
    ):
        op.create_index(name, 'event', columns, unique=False, sqlite_where=IN_TRAIL, postgresql_where=IN_TRAIL)
    fill_accounts(op.get_bind())
    tell_imports(op.get_bind())


def fill_accounts(connection: sa.Connection) -> None:
    """Name the account of every entry about one: those of accounts added to a review."""
    of_reviews = sa.select(entry.c.id, entry.c.after).where(entry.c.subject.like('review:%'))
    found = [
        {'number': number, 'account': after['account_id']}
        for number, after in connection.execute(of_reviews)
        if isinstance(after, dict) and isinstance(after.get('account_id'), int)
    ]
    if found:
        change = entry.update().where(entry.c.id == sa.bindparam('number'))
        connection.execute(change.values(account_id=sa.bindparam('account')), found)


def tell_imports(connection: sa.Connection) -> None:
    """Add an entry for each import that was applied, and for each that was undone; by whom that was is not known."""
    told = []
    for each in connection.execute(sa.select(run)):
        file = {'file_name': each.file_name, 'what': each.what}
        values = {'workspace_id': each.workspace_id, 'subject': f'import:{each.id}'}
        told.append({**values, 'at': each.applied_at, 'actor': each.actor, 'before': None, 'after': file})
        if each.undone_at is not None:
            undone = {**file, 'undone': True}
            told.append({**values, 'at': each.undone_at, 'actor': each.actor, 'before': file, 'after': undone})
    if told:
        connection.execute(entry.insert(), told)
