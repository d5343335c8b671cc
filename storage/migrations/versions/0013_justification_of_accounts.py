"""The written reason why an account is on the list, which a pause or a restore does not change.

Revision: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('justification', sa.String(), nullable=False, server_default=''))
    op.execute("UPDATE account SET justification = because")
