"""Find by an index which cadences will soon ask people to prepare; those planned by older versions are looked at once.

Revision: 0071
Follows: 0070
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op


revision = '0071'
down_revision = '0070'
branch_labels = None
depends_on = None

UNPLANNED = datetime(1970, 1, 1, tzinfo=UTC)
"""Looked at from now on until its next review is planned anew: nobody is asked before the lead."""


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('cadence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cadence_prepare_at'), ['prepare_at'], unique=False)
    cadence = sa.table('cadence', sa.column('next_at'), sa.column('prepare_at', sa.DateTime(timezone=True)))
    unknown = cadence.c.prepare_at.is_(None) & cadence.c.next_at.is_not(None)
    op.execute(sa.update(cadence).where(unknown).values(prepare_at=UNPLANNED))
