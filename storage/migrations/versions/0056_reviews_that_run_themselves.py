"""People asked to prepare, follow-ups of blockers and asks, days away, calendar feeds, and what reviews keep of them.

Revision: 0056
Follows: 0055
"""

from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0056'
down_revision = '0055'
branch_labels = None
depends_on = None


def _instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int, default: str | None = '') -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=default)


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('cadence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('prep_minutes', sa.Integer(), nullable=False, server_default='1440'))
        batch_op.add_column(sa.Column('cutoff_minutes', sa.Integer(), nullable=False, server_default='120'))
        batch_op.add_column(_text('profile', 16, 'standard'))
        batch_op.add_column(sa.Column('parts', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('sections', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('prepared_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('briefed_on', sa.Date(), nullable=True))
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sections', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('roster', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('review_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('question', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.add_column(_instant('thread_heard_at', nullable=True))
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(_text('direct_channel', 32))
        batch_op.add_column(_instant('morning_at', nullable=True))
        batch_op.create_index('ix_person_morning_at', ['morning_at'])
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.add_column(_instant('not_after', nullable=True))
    _add_tables()


def _add_tables() -> None:
    op.create_table(
        'asked',
        sa.Column('id', sa.Integer(), primary_key=True),
        _text('workspace_id', 32, None),
        sa.Column('cadence_id', sa.Integer(), sa.ForeignKey('cadence.id'), nullable=False),
        sa.Column('planned_on', sa.Date(), nullable=False),
        _text('user_id', 32, None),
        _text('for_user_id', 32, None),
        _text('part', 16, None),
        _instant('asked_at'),
        _instant('remind_at', nullable=True),
        _instant('reminded_at', nullable=True),
        _instant('stopped_at', nullable=True),
        _instant('answered_at', nullable=True),
        sa.UniqueConstraint('cadence_id', 'planned_on', 'user_id', 'for_user_id'),
    )
    op.create_index('ix_asked_workspace_id', 'asked', ['workspace_id'])
    op.create_index('ix_asked_remind_at', 'asked', ['remind_at'])
    op.create_index('ix_asked_person', 'asked', ['workspace_id', 'user_id', 'planned_on'])
    op.create_table(
        'follow_up',
        sa.Column('id', sa.Integer(), primary_key=True),
        _text('workspace_id', 32, None),
        sa.Column('event_id', sa.Integer(), sa.ForeignKey('event.id'), nullable=False),
        sa.Column('account_id', sa.Integer(), sa.ForeignKey('account.id'), nullable=False),
        _text('kind', 16, None),
        _text('user_id', 32, None),
        _instant('next_at', nullable=True),
        sa.Column('nudges', sa.Integer(), nullable=False),
        _text('escalated_to', 32, None),
        _instant('escalated_at', nullable=True),
        sa.UniqueConstraint('workspace_id', 'event_id'),
    )
    for column in ('workspace_id', 'account_id', 'user_id', 'next_at'):
        op.create_index(f'ix_follow_up_{column}', 'follow_up', [column])
    op.create_table(
        'days_away',
        sa.Column('id', sa.Integer(), primary_key=True),
        _text('workspace_id', 32, None),
        _text('user_id', 32, None),
        sa.Column('from_on', sa.Date(), nullable=False),
        sa.Column('until_on', sa.Date(), nullable=False),
        _text('stand_in', 32, None),
        _text('name', 80, None),
        _text('said_by', 32, None),
        _instant('said_at'),
    )
    op.create_index('ix_days_away_workspace_id', 'days_away', ['workspace_id'])
    op.create_index('ix_days_away_person', 'days_away', ['workspace_id', 'user_id', 'until_on'])
    op.create_table(
        'calendar_feed',
        sa.Column('id', sa.Integer(), primary_key=True),
        _text('workspace_id', 32, None),
        _text('user_id', 32, None),
        _text('channel_id', 32, None),
        _text('token_hash', 64, None),
        _text('made_by', 32, None),
        _instant('made_at'),
        sa.UniqueConstraint('workspace_id', 'user_id', 'channel_id'),
        sa.UniqueConstraint('token_hash'),
    )
    op.create_index('ix_calendar_feed_workspace_id', 'calendar_feed', ['workspace_id'])
