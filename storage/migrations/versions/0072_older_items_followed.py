"""Follow-ups of the blockers and asks that were open before there were follow-ups.

Revision: 0072
Follows: 0071
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op


revision = '0072'
down_revision = '0071'
branch_labels = None
depends_on = None

NOT_YET = datetime(1970, 1, 1, tzinfo=UTC)
"""Looked at once, and followed up from that look on."""
AUTOMATIC = ('import', 'system', 'webhook')
AT_ONCE = 500

_instant = sa.DateTime(timezone=True)
event = sa.table('event', sa.column('id'), sa.column('workspace_id'), sa.column('account_id'), sa.column('source'))
blocker = sa.table('blocker', sa.column('id'), sa.column('resolved_at'))
account = sa.table(
    'account', sa.column('id'), sa.column('asks', sa.JSON()), sa.column('decision', sa.JSON()), sa.column('list_status')
)
follow_up = sa.table(
    'follow_up',
    *(sa.column(name) for name in ('workspace_id', 'event_id', 'account_id', 'kind', 'user_id', 'nudges')),
    *(sa.column(name, _instant) for name in ('next_at', 'followed_since')),
    sa.column('escalated_to'),
)


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.add_column(sa.Column('followed_since', _instant, nullable=True))
    connection = op.get_bind()
    opened = connection.execute(sa.select(blocker.c.id).where(blocker.c.resolved_at.is_(None))).scalars()
    _follow('blocker', sorted(opened))
    listed = account.c.list_status.in_(('candidate', 'named', 'paused'))
    found = connection.execute(sa.select(account.c.asks, account.c.decision).where(listed))
    # what is no open ask is followed up no more by its first look
    asked = {each['event_id'] for asks, last in found for each in (*(asks or ()), *((last,) if last else ()))}
    _follow('ask', sorted(asked))


def _follow(kind: str, event_ids: list[int]) -> None:
    """Follow up what these events opened, except what an import brought and what is followed up already."""
    is_followed = sa.exists().where(follow_up.c.event_id == event.c.id)
    for first in range(0, len(event_ids), AT_ONCE):
        wanted = event.c.id.in_(event_ids[first : first + AT_ONCE])
        rows = sa.select(
            event.c.workspace_id,
            event.c.id,
            event.c.account_id,
            *(sa.literal(value) for value in (kind, '', 0)),
            *(sa.literal(NOT_YET, _instant) for _ in range(2)),
            sa.literal(''),
        ).where(wanted, event.c.source.not_in(AUTOMATIC), ~is_followed)
        op.execute(sa.insert(follow_up).from_select([each.name for each in follow_up.columns], rows))
