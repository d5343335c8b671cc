"""What deals tell of stages: the day on which one was won is the buyer's, and when an account moved back last.

Revision: 0020
Follows: 0016
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = '0016'
branch_labels = None
depends_on = None

STAGES = ('target', 'aware', 'engaged', 'mqa', 'opportunity', 'customer')

WON_AT = """
(SELECT MAX(closed_at) FROM opportunity WHERE opportunity.account_id = account.id AND opportunity.phase = 'won')
"""


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stepped_back_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(
        f"UPDATE account SET last_buyer_touch_at = {WON_AT} "
        f"WHERE {WON_AT} > last_buyer_touch_at OR (last_buyer_touch_at IS NULL AND {WON_AT} IS NOT NULL)"
    )
    _note_steps_back(op.get_bind())


def _note_steps_back(connection: sa.Connection) -> None:
    """Notes, of accounts that have deals, when each moved to an earlier stage last."""
    instant = sa.DateTime(timezone=True)
    event = sa.table(
        'event',
        *(sa.column(name, sa.Integer()) for name in ('id', 'account_id')),
        *(sa.column(name, sa.String()) for name in ('kind', 'source')),
        sa.column('change', sa.JSON()),
        sa.column('happened_at', instant),
    )
    account = sa.table('account', sa.column('id', sa.Integer()), sa.column('stepped_back_at', instant))
    deal = sa.table('opportunity', sa.column('account_id', sa.Integer()))
    for account_id in connection.execute(sa.select(deal.c.account_id).distinct()).scalars().all():
        told = sa.select(event).where(event.c.account_id == account_id, event.c.kind.in_(('moved', 'corrected')))
        back_at = _last_step_back(connection.execute(told.order_by(event.c.id)).all())
        if back_at is not None:
            connection.execute(
                account.update().where(account.c.id == account_id).values(stepped_back_at=back_at)
            )


def _last_step_back(rows: Iterable[sa.Row[Any]]) -> datetime | None:
    gone: set[int] = set()
    moved = []
    for row in sorted(rows, key=lambda row: row.id, reverse=True):
        if row.id in gone:
            continue
        if row.kind == 'corrected':
            gone.add(row.change['event_id'])
        elif row.change.get('to_stage'):
            moved.append(row)
    rank, back_at = 0, None
    for row in sorted(moved, key=lambda row: (row.happened_at, row.id)):
        before, rank = rank, STAGES.index(row.change['to_stage'])
        if rank < before:
            back_at = row.happened_at
    return back_at
