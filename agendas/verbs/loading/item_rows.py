"""Between the stored parts of accounts and facts, both ways: blockers, next actions, people, deals and plays."""

from typing import Any

from agendas.facts.account import AccountState, ActionStatus, Blocker, NextAction, Source
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.group import BuyingRole, Contact, ContactDepth, ContactProfile, Support
from agendas.facts.plays import PlayEnd, PlayRun
from agendas.facts.signals import Signal, SignalKind, SignalStrength
from storage.account_items import KINDS, AccountItems, ItemRow
from storage.tables import ActionRow, BlockerRow, ContactRow, OpportunityRow, PlayRow, SignalRow

Part = Blocker | NextAction | Contact | Opportunity | PlayRun


def account_item_facts(parts: AccountItems) -> dict[str, Any]:
    """The parts as facts, by the field of the account's state that holds them."""
    return {
        "blockers": tuple(map(blocker_facts, parts.blockers)),
        "actions": tuple(map(action_facts, parts.actions)),
        "contacts": tuple(map(contact_facts, parts.contacts)),
        "opportunities": tuple(map(opportunity_facts, parts.opportunities)),
        "plays": tuple(map(play_facts, parts.plays)),
    }


def account_item_rows(workspace_id: str, account_id: int, state: AccountState) -> AccountItems:
    """All parts of the state as rows to store."""
    rows: dict[str, Any] = {
        name: [account_item_row(workspace_id, account_id, part) for part in getattr(state, name)] for name in KINDS
    }
    return AccountItems(**rows)


def changed_rows(workspace_id: str, account_id: int, before: AccountState, after: AccountState) -> list[ItemRow]:
    """Parts of the state after that are not in the state before, as rows to store."""
    return [
        account_item_row(workspace_id, account_id, part)
        for name in KINDS
        for part in getattr(after, name)
        if part not in getattr(before, name)
    ]


def blocker_facts(row: BlockerRow) -> Blocker:
    """The stored blocker as facts."""
    return Blocker(**{name: getattr(row, name) for name in Blocker.__dataclass_fields__})


def action_facts(row: ActionRow) -> NextAction:
    """The stored next action as facts."""
    values = {name: getattr(row, name) for name in NextAction.__dataclass_fields__}
    return NextAction(**values | {"status": ActionStatus(row.status)})


def contact_facts(row: ContactRow) -> Contact:
    """The stored person at an account as facts."""
    profile = ContactProfile(
        name=row.name,
        title=row.title,
        email=row.email,
        roles=tuple(map(BuyingRole, row.roles)),
        suggested_roles=tuple(map(BuyingRole, row.suggested_roles)),
        support=Support(row.support),
        depth=ContactDepth(row.depth),
        touched_on=row.touched_on,
        left_on=row.left_on,
        crm_system=row.crm_system,
        crm_id=row.crm_id,
    )
    return Contact(row.id or 0, profile, row.added_at, row.changed_at, row.signalled_on)


def opportunity_facts(row: OpportunityRow) -> Opportunity:
    """The stored deal as facts."""
    profile = OpportunityProfile(
        key=row.key,
        name=row.name,
        stage_name=row.stage_name,
        phase=Phase(row.phase),
        type=OpportunityType(row.type),
        amount_cents=row.amount_cents,
        currency=row.currency,
        closes_on=row.closes_on,
        next_step=row.next_step,
        adds_value=row.adds_value,
    )
    return Opportunity(
        profile, row.opened_at, row.stage_since, row.pushes, row.closed_at, stage_since_known=row.stage_since_known
    )


def play_facts(row: PlayRow) -> PlayRun:
    """The stored play as facts."""
    values = {name: getattr(row, name) for name in PlayRun.__dataclass_fields__}
    return PlayRun(**values | {"end": PlayEnd(row.end) if row.end else None})


def account_item_row(workspace_id: str, account_id: int, part: Part) -> ItemRow:
    """The part as a row to store."""
    owner: dict[str, Any] = {"workspace_id": workspace_id, "account_id": account_id}
    match part:
        case Blocker():
            return BlockerRow(**owner, **_values(part))
        case NextAction():
            return ActionRow(**owner, **_values(part) | {"status": part.status.value})
        case Contact():
            return _contact_row(owner, part)
        case Opportunity():
            return _opportunity_row(owner, part)
        case PlayRun():
            return PlayRow(**owner, **_values(part) | {"end": part.end.value if part.end else None})


def _contact_row(owner: dict[str, Any], contact: Contact) -> ContactRow:
    profile = contact.profile
    values = _values(profile) | {
        "roles": [role.value for role in profile.roles],
        "suggested_roles": [role.value for role in profile.suggested_roles],
        "support": profile.support.value,
        "depth": profile.depth.value,
    }
    return ContactRow(
        id=contact.id,
        added_at=contact.added_at,
        changed_at=contact.changed_at,
        signalled_on=contact.signalled_on,
        **owner,
        **values,
    )


def _opportunity_row(owner: dict[str, Any], opportunity: Opportunity) -> OpportunityRow:
    profile = opportunity.profile
    values = _values(profile) | {"phase": profile.phase.value, "type": profile.type.value}
    return OpportunityRow(
        opened_at=opportunity.opened_at,
        stage_since=opportunity.stage_since,
        pushes=opportunity.pushes,
        closed_at=opportunity.closed_at,
        stage_since_known=opportunity.stage_since_known,
        **owner,
        **values,
    )


def _values(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


def signal_facts(row: SignalRow) -> Signal:
    """Return the stored signal as facts."""
    return Signal(
        id=row.row_id,
        signal=SignalKind(row.kind),
        strength=SignalStrength(row.strength),
        text=row.text,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        source=Source(row.source).value,
        points=row.points,
        url=row.url,
        contact_id=row.contact_id,
    )
