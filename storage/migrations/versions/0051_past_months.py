"""Past months: the accounts as they were at each one's end, and figures of months and reviews for the trend.

The months of programs that there are begin with that of their first entry; each is kept when its turn comes.

Revision: 0051
Follows: 0050
"""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op


revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("progress = 'open'")
MOMENT = timedelta(microseconds=1)


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    _months()
    _accounts()
    _figures()
    _begin_months(op.get_bind())


def _row() -> tuple[sa.Column[int], sa.Column[str]]:
    return sa.Column('id', sa.Integer(), primary_key=True), sa.Column('workspace_id', sa.String(length=32), nullable=False)


def _months() -> None:
    op.create_table(
        'program_month',
        *_row(),
        sa.Column('first', sa.Date(), nullable=False),
        sa.Column('last', sa.Date(), nullable=False),
        sa.Column('zone', sa.String(), nullable=False),
        sa.Column('began_at', INSTANT, nullable=False),
        sa.Column('ended_at', INSTANT, nullable=False),
        sa.Column('due_at', INSTANT, nullable=False),
        sa.Column('progress', sa.String(length=8), nullable=False),
        sa.Column('done_until', sa.Integer(), nullable=False),
        sa.Column('settings', sa.JSON(), nullable=False),
        sa.UniqueConstraint('workspace_id', 'ended_at'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_program_month_workspace_id', 'program_month', ['workspace_id'])
    op.create_index('ix_program_month_open', 'program_month', ['progress', 'due_at'], sqlite_where=OPEN, postgresql_where=OPEN)


def _accounts() -> None:
    op.create_table(
        'account_month',
        *_row(),
        sa.Column('month_id', sa.Integer(), sa.ForeignKey('program_month.id'), nullable=False),
        sa.Column('account_id', sa.Integer(), sa.ForeignKey('account.id'), nullable=False),
        sa.Column('list_status', sa.String(length=16), nullable=False),
        sa.Column('tier', sa.Integer(), nullable=True),
        sa.Column('bucket', sa.String(length=32), nullable=False),
        sa.Column('state', sa.JSON(), nullable=False),
        sa.Column('placement', sa.JSON(), nullable=False),
        sa.UniqueConstraint('month_id', 'account_id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_account_month_workspace_id', 'account_month', ['workspace_id'])
    op.create_index('ix_account_month_account', 'account_month', ['account_id'])


def _figures() -> None:
    op.create_table(
        'program_figures',
        *_row(),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('zone', sa.String(), nullable=False),
        sa.Column('began_at', INSTANT, nullable=False),
        sa.Column('ended_at', INSTANT, nullable=False),
        sa.Column('progress', sa.String(length=8), nullable=False),
        sa.Column('figures', sa.JSON(), nullable=False),
        sa.Column('others', sa.JSON(), nullable=False),
        sa.UniqueConstraint('workspace_id', 'kind', 'ended_at'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_program_figures_workspace_id', 'program_figures', ['workspace_id'])
    op.create_index('ix_program_figures_open', 'program_figures', ['progress', 'id'], sqlite_where=OPEN, postgresql_where=OPEN)


def _begin_months(connection: sa.Connection) -> None:
    event = sa.table(
        'event',
        sa.column('workspace_id', sa.String()),
        sa.column('kind', sa.String()),
        sa.column('recorded_at', INSTANT),
    )
    workspace = sa.table('workspace', sa.column('id', sa.String()), sa.column('time_zone', sa.String()))
    first_at = sa.select(event.c.workspace_id, sa.func.min(event.c.recorded_at, type_=INSTANT)).where(event.c.kind == 'nominated')
    zones = dict(connection.execute(sa.select(workspace.c.id, workspace.c.time_zone)).all())
    for workspace_id, at in connection.execute(first_at.group_by(event.c.workspace_id)).all():
        if workspace_id in zones:
            _begin(connection, workspace_id, at.replace(tzinfo=at.tzinfo or UTC), zones[workspace_id])


def _begin(connection: sa.Connection, workspace_id: str, at: datetime, zone: str) -> None:
    first = at.astimezone(ZoneInfo(zone)).date().replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    ended_at = _midnight(last + timedelta(days=1), zone) - MOMENT
    row = {
        'workspace_id': workspace_id,
        'first': first,
        'last': last,
        'zone': zone,
        'began_at': _midnight(first, zone) - MOMENT,
        'ended_at': ended_at,
        'due_at': ended_at + timedelta(hours=1),
        'progress': 'open',
        'done_until': 0,
        'settings': {},
    }
    types: dict[str, Any] = {'first': sa.Date(), 'last': sa.Date(), 'began_at': INSTANT, 'ended_at': INSTANT, 'due_at': INSTANT, 'done_until': sa.Integer(), 'settings': sa.JSON()}
    month = sa.table('program_month', *(sa.column(name, types.get(name, sa.String())) for name in row))
    connection.execute(sa.insert(month).values(row))


def _midnight(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(zone)).astimezone(UTC)
