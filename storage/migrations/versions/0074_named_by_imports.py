"""Files whose accounts are put on the list, and accounts that are named in words as by a file.

Revision: 0074
Follows: 0073
"""

import sqlalchemy as sa
from alembic import op


revision = '0074'
down_revision = '0073'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('file_import', schema=None) as batch_op:
        batch_op.add_column(sa.Column('naming', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('names_accounts', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('typed', sa.String(), nullable=False, server_default=''))
