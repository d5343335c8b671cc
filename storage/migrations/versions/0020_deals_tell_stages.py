"""Stages that deals tell of: the day on which one was won is the buyer's, and when an account left a stage last.

Revision: 0020
Follows: 0019
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

LEFT = ('opportunity', 'customer')
STAGES = ('target', 'aware', 'engaged', 'mqa', 'opportunity', 'customer')

WON_AT = """
(SELECT MAX(closed_at) FROM opportunity WHERE opportunity.account_id = account.id AND opportunity.phase = 'won')
"""


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        for stage in LEFT:
            batch_op.add_column(sa.Column(f'left_{stage}_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(
        f"UPDATE account SET last_buyer_touch_at = {WON_AT} "
        f"WHERE {WON_AT} > last_buyer_touch_at OR (last_buyer_touch_at IS NULL AND {WON_AT} IS NOT NULL)"
    )
    _note_leaving(op.get_bind())


def _note_leaving(connection: sa.Connection) -> None:
    """Notes, of accounts that have deals, when each left the two last stages."""
    instant = sa.DateTime(timezone=True)
    event = sa.table(
        'event',
        *(sa.column(name, sa.Integer()) for name in ('id', 'account_id')),
        sa.column('kind', sa.String()),
        sa.column('change', sa.JSON()),
        sa.column('happened_at', instant),
    )
    left = [sa.column(f'left_{stage}_at', instant) for stage in LEFT]
    account = sa.table('account', sa.column('id', sa.Integer()), *left)
    deal = sa.table('opportunity', sa.column('account_id', sa.Integer()))
    for account_id in connection.execute(sa.select(deal.c.account_id).distinct()).scalars().all():
        told = sa.select(event).where(event.c.account_id == account_id, event.c.kind.in_(('moved', 'corrected')))
        found = _left_at(connection.execute(told.order_by(event.c.id)).all())
        if found:
            connection.execute(account.update().where(account.c.id == account_id).values(found))


def _left_at(rows: Iterable[sa.Row[Any]]) -> dict[str, datetime]:
    gone: set[int] = set()
    moved = []
    for row in sorted(rows, key=lambda row: row.id, reverse=True):
        if row.id in gone:
            continue
        if row.kind == 'corrected':
            gone.add(row.change['event_id'])
        elif row.change.get('to_stage'):
            moved.append(row)
    rank = 0
    found: dict[str, datetime] = {}
    for row in sorted(moved, key=lambda row: (row.happened_at, row.id)):
        before, rank = rank, STAGES.index(row.change['to_stage'])
        found |= {f'left_{stage}_at': row.happened_at for stage in LEFT if rank < STAGES.index(stage) <= before}
    return found
