"""The CRM that a person said the ids of a file to import are of.

Revision: 0038
Follows: 0037
"""

import sqlalchemy as sa
from alembic import op


revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('file_import', schema=None) as batch_op:
        batch_op.add_column(sa.Column('crm', sa.String(length=40), nullable=False, server_default=''))
