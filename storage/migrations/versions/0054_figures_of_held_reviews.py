"""Figures of the latest held reviews of before: they are worked out one after the other, so that the trend has a start.

Revision: 0054
Follows: 0053
"""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0054'
down_revision = '0053'
branch_labels = None
depends_on = None

REVIEWS = 12
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    connection = op.get_bind()
    closed: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in connection.execute(_held()).all():
        closed[row.workspace_id, row.cadence_id].append(row)
    # of each workspace the latest, each over the time since the one before it of its cadence
    latest: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    for (workspace_id, _), rows in closed.items():
        latest[workspace_id] += zip(rows, rows[1:], strict=False)
    for workspace_id, pairs in latest.items():
        for before, row in sorted(pairs, key=lambda pair: pair[1].closed_at)[-REVIEWS:]:
            _want(connection, workspace_id, before, row)


def _held() -> sa.Select[Any]:
    review = sa.table(
        'review',
        sa.column('workspace_id', sa.String()),
        sa.column('cadence_id', sa.Integer()),
        sa.column('slot', sa.String()),
        sa.column('planned_on', sa.Date()),
        sa.column('zone', sa.String()),
        sa.column('closed_at', INSTANT),
        sa.column('was_held', sa.Boolean()),
    )
    held = sa.select(review).where(
        review.c.was_held.is_(True),
        review.c.closed_at.is_not(None),
        review.c.cadence_id.is_not(None),
        review.c.slot.not_like('now:%'),
    )
    return held.order_by(review.c.closed_at)


def _want(connection: sa.Connection, workspace_id: str, before: Any, row: Any) -> None:
    values = {
        'workspace_id': workspace_id,
        'kind': 'review',
        'on': row.planned_on,
        'zone': row.zone,
        'began_at': before.closed_at,
        'ended_at': row.closed_at,
        'progress': 'open',
        'figures': None,
        'others': None,
    }
    types: dict[str, Any] = {'on': sa.Date(), 'began_at': INSTANT, 'ended_at': INSTANT, 'figures': sa.JSON(), 'others': sa.JSON()}
    figures = sa.table('program_figures', *(sa.column(name, types.get(name, sa.String())) for name in values))
    same = sa.select(figures.c.ended_at).where(figures.c.workspace_id == workspace_id, figures.c.ended_at == row.closed_at)
    if row.closed_at > before.closed_at and connection.execute(same).first() is None:
        connection.execute(sa.insert(figures).values(values))
