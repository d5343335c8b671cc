"""People with responsibilities: an account, an open next action, a cadence, or a function that they lead."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, Text, and_, cast, or_, select, union
from sqlmodel import Session, col

from storage.accounts import LISTED
from storage.tables import Account, ActionRow, Cadence, FunctionLead, Person


def responsible_among(session: Session, workspace_id: str, user_ids: Collection[str]) -> set[str]:
    """The people among these who own or partner an account, have an open next action, facilitate or lead."""
    return _found(session, workspace_id, user_ids) if user_ids else set()


def responsible_deactivated(session: Session, workspace_id: str) -> set[str]:
    """The deactivated people of the workspace who still do."""
    gone = select(col(Person.user_id)).where(col(Person.workspace_id) == workspace_id, col(Person.is_deleted))
    return _found(session, workspace_id, gone)


def taking_part_without_function(session: Session, workspace_id: str) -> set[str]:
    """The workspace's own active members without a function who have work, or may record or do more."""
    flags = (Person.is_bot, Person.is_deleted, Person.is_guest, Person.is_external)
    lacking = select(col(Person.user_id)).where(
        col(Person.workspace_id) == workspace_id,
        col(Person.function).is_(None),
        *(col(flag).is_(False) for flag in flags),
    )
    by_right = session.execute(lacking.where(col(Person.right).in_(("admin", "editor")))).scalars()
    return _found(session, workspace_id, lacking).union(by_right)


def _found(session: Session, workspace_id: str, user_ids: Collection[str] | Select[Any]) -> set[str]:
    roles = (Account.owner, Account.marketing_partner)
    asked = [
        select(col(role)).where(
            col(Account.workspace_id) == workspace_id,
            col(role).in_(user_ids),
            col(Account.list_status).in_(LISTED),
        )
        for role in roles
    ]
    promised = (
        select(col(ActionRow.owner))
        .join(Account, col(Account.id) == col(ActionRow.account_id))
        .where(
            col(ActionRow.workspace_id) == workspace_id,
            col(ActionRow.owner).in_(user_ids),
            col(ActionRow.status) == "open",
            col(Account.list_status).in_(LISTED),
        )
    )
    leading = select(col(Cadence.facilitator)).where(
        col(Cadence.workspace_id) == workspace_id, col(Cadence.facilitator).in_(user_ids)
    )
    of_functions = select(col(FunctionLead.user_id)).where(
        col(FunctionLead.workspace_id) == workspace_id, col(FunctionLead.user_id).in_(user_ids)
    )
    return set(session.execute(union(*asked, promised, leading, of_functions)).scalars())


def helpers(session: Session, workspace_id: str) -> list[tuple[str | None, Person]]:
    """The leads with each function that they lead, and the executives and marketing partners of accounts with None."""
    roles = (col(Account.our_executive), col(Account.marketing_partner))
    own = union(*(select(role).where(col(Account.workspace_id) == workspace_id) for role in roles))
    is_led = and_(
        col(FunctionLead.workspace_id) == col(Person.workspace_id), col(FunctionLead.user_id) == col(Person.user_id)
    )
    query = select(col(FunctionLead.function), Person).select_from(Person).outerjoin(FunctionLead, is_led)
    wanted = or_(col(FunctionLead.function).is_not(None), col(Person.user_id).in_(own))
    found = session.execute(query.where(col(Person.workspace_id) == workspace_id, wanted))
    return [(row[0], row[1]) for row in found]


def decided(session: Session, workspace_id: str) -> list[Account]:
    """Named and paused accounts of which a review decided something, by id: those that may have an open ask."""
    query = select(Account).where(
        col(Account.workspace_id) == workspace_id,
        col(Account.list_status).in_(("named", "paused")),
        or_(cast(col(Account.asks), Text) != "[]", col(Account.decision).is_not(None)),
    )
    return list(session.scalars(query.order_by(col(Account.id))))
