"""The day on which a follow-up is shown next, and a first look at everybody who has something open.

Revision: 0066
Follows: 0065
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op


revision = '0066'
down_revision = '0065'
branch_labels = None
depends_on = None

UNPLANNED = datetime(1970, 1, 1, tzinfo=UTC)
"""Looked at once, and nothing is sent before the next morning."""


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.add_column(sa.Column('next_on', sa.Date(), nullable=True))
    person = sa.table(
        'person', sa.column('workspace_id'), sa.column('user_id'), sa.column('morning_at', sa.DateTime(timezone=True))
    )
    for name, is_open in (('next_action', "status = 'open'"), ('blocker', 'resolved_at IS NULL')):
        item = sa.table(name, sa.column('workspace_id'), sa.column('owner'))
        owns = sa.exists().where(
            item.c.workspace_id == person.c.workspace_id, item.c.owner == person.c.user_id, sa.text(f'{name}.{is_open}')
        )
        op.execute(sa.update(person).where(owns).values(morning_at=UNPLANNED))
