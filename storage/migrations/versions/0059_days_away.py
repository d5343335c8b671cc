"""Days away in a table of their own: those kept with people move there.

Revision: 0059
Follows: 0056
"""

import sqlalchemy as sa
from alembic import op


revision = '0059'
down_revision = '0056'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    op.create_index('ix_days_away_until', 'days_away', ['workspace_id', 'until_on'])
    op.execute(
        sa.text(
            'INSERT INTO days_away (workspace_id, user_id, from_on, until_on, stand_in, name, said_by, said_at) '
            "SELECT workspace_id, user_id, away_from, away_to, '', '', user_id, seen_at FROM person "
            'WHERE away_from IS NOT NULL AND away_to IS NOT NULL AND away_from <= away_to'
        )
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('away_from')
        batch_op.drop_column('away_to')
