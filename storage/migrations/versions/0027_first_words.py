"""People who had their first words, the reason of a cadence that paused by itself, the app.yaml last told of.

Revision: 0027
Follows: 0026
"""

import sqlalchemy as sa
from alembic import op


revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

# the version of app.yaml that every workspace was made from before versions were told of
FIRST_MANIFEST = 1


def upgrade() -> None:
    """Brings the schema from the revision before to this one."""
    with op.batch_alter_table('cadence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paused_because', sa.String(length=32), nullable=False, server_default=''))
    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.add_column(sa.Column('manifest_told', sa.Integer(), nullable=False, server_default='0'))
    op.execute(sa.update(sa.table('workspace', sa.column('manifest_told'))).values(manifest_told=FIRST_MANIFEST))
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('met_at', sa.DateTime(timezone=True), nullable=True))
    _mark_known_people()


def _mark_known_people() -> None:
    """Greet nobody who has a function or a right, recorded or changed something, asked, or answers for an account."""
    names = ('workspace_id', 'user_id', 'function', 'right', 'seen_at', 'met_at')
    person = sa.table('person', *map(sa.column, names))
    acted = [
        ('event', 'actor'),
        ('audit_entry', 'actor'),
        ('conversation', 'user_id'),
        ('draft', 'user_id'),
        ('account', 'owner'),
        ('account', 'marketing_partner'),
        ('next_action', 'owner'),
        ('cadence', 'facilitator'),
    ]
    traces = [_names(table, column, person) for table, column in acted]
    is_known = sa.or_(person.c.function.is_not(None), person.c.right != 'viewer', *traces)
    op.execute(sa.update(person).where(is_known).values(met_at=person.c.seen_at))


def _names(table: str, column: str, person: sa.TableClause) -> sa.ColumnElement[bool]:
    """True for a person whose id stands in that column."""
    other = sa.table(table, sa.column('workspace_id'), sa.column(column))
    return sa.exists().where(other.c.workspace_id == person.c.workspace_id, other.c[column] == person.c.user_id)
