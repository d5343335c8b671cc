"""Answers about the companies in a file to import, and about further deals in it.

Revision: 0037
Follows: 0036
"""

import sqlalchemy as sa
from alembic import op


revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('file_import', schema=None) as batch_op:
        batch_op.add_column(sa.Column('companies', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('further', sa.String(length=32), nullable=False, server_default=''))


def downgrade() -> None:
    """Brings the schema back to the revision before."""
    with op.batch_alter_table('file_import', schema=None) as batch_op:
        batch_op.drop_column('further')
        batch_op.drop_column('companies')
