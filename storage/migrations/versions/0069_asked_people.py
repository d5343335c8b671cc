"""People asked to prepare, without the instant at which they said that they are done: what they record says it.

Revision: 0069
Follows: 0068
"""

from alembic import op


revision = '0069'
down_revision = '0068'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('asked', schema=None) as batch_op:
        batch_op.drop_column('answered_at')
