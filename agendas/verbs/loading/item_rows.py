"""Convert the items of accounts between rows and facts: blockers, next actions, people, deals and plays."""

from typing import Any

from agendas.facts.account import AccountState, ActionStatus, Blocker, NextAction, Source
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.group import BuyingRole, Contact, ContactDepth, ContactProfile, Support
from agendas.facts.plays import PlayEnd, PlayMotion, PlayRun
from agendas.facts.signals import Signal, SignalKind, SignalStrength
from storage.account_items import ITEM_TABLES, AccountItems, ItemRow
from storage.tables import ActionRow, BlockerRow, ContactRow, OpportunityRow, PlayRow, SignalRow

AccountItem = Blocker | NextAction | Contact | Opportunity | PlayRun


def account_item_facts(items: AccountItems) -> dict[str, Any]:
    """Return the items as facts, by the field of `AccountState` that holds them."""
    return {
        "blockers": tuple(map(blocker_facts, items.blockers)),
        "actions": tuple(map(action_facts, items.actions)),
        "contacts": tuple(map(contact_facts, items.contacts)),
        "opportunities": tuple(map(opportunity_facts, items.opportunities)),
        "plays": tuple(map(play_facts, items.plays)),
    }


def account_item_rows(workspace_id: str, account_id: int, state: AccountState) -> AccountItems:
    """Return all items of the state as rows to store."""
    rows: dict[str, Any] = {
        name: [account_item_row(workspace_id, account_id, item) for item in getattr(state, name)]
        for name in ITEM_TABLES
    }
    return AccountItems(**rows)


def changed_rows(workspace_id: str, account_id: int, before: AccountState, after: AccountState) -> list[ItemRow]:
    """Return the items that are new or changed in the state after, as rows to store."""
    return [
        account_item_row(workspace_id, account_id, item)
        for name in ITEM_TABLES
        for item in getattr(after, name)
        if item not in getattr(before, name)
    ]


def blocker_facts(row: BlockerRow) -> Blocker:
    """Return the stored blocker as facts."""
    return Blocker(**{name: getattr(row, name) for name in Blocker.__dataclass_fields__})


def action_facts(row: ActionRow) -> NextAction:
    """Return the stored next action as facts."""
    values = {name: getattr(row, name) for name in NextAction.__dataclass_fields__}
    return NextAction(**values | {"status": ActionStatus(row.status)})


def contact_facts(row: ContactRow) -> Contact:
    """Return the stored person at an account as facts."""
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
    return Contact(row.id or 0, profile, row.added_at, row.changed_at, row.signalled_on, row.heard_on)


def opportunity_facts(row: OpportunityRow) -> Opportunity:
    """Return the stored deal as facts."""
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
        profile,
        row.opened_at,
        row.stage_since,
        row.pushes,
        row.closed_at,
        stage_since_known=row.stage_since_known,
        declined_stage=row.declined_stage,
    )


def play_facts(row: PlayRow) -> PlayRun:
    """Return the stored play as facts."""
    values = {name: getattr(row, name) for name in PlayRun.__dataclass_fields__}
    end, motion = PlayEnd(row.end) if row.end else None, PlayMotion(row.motion) if row.motion else None
    return PlayRun(**values | {"end": end, "motion": motion})


def account_item_row(workspace_id: str, account_id: int, item: AccountItem) -> ItemRow:
    """Return the item as a row to store."""
    keys: dict[str, Any] = {"workspace_id": workspace_id, "account_id": account_id}
    match item:
        case Blocker():
            return BlockerRow(**keys, **_values(item))
        case NextAction():
            return ActionRow(**keys, **_values(item) | {"status": item.status.value})
        case Contact():
            return _contact_row(keys, item)
        case Opportunity():
            return _opportunity_row(keys, item)
        case PlayRun():
            end, motion = item.end.value if item.end else None, item.motion.value if item.motion else ""
            return PlayRow(**keys, **_values(item) | {"end": end, "motion": motion})


def _contact_row(keys: dict[str, Any], contact: Contact) -> ContactRow:
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
        heard_on=contact.heard_on,
        **keys,
        **values,
    )


def _opportunity_row(keys: dict[str, Any], opportunity: Opportunity) -> OpportunityRow:
    profile = opportunity.profile
    values = _values(profile) | {"phase": profile.phase.value, "type": profile.type.value}
    return OpportunityRow(
        opened_at=opportunity.opened_at,
        stage_since=opportunity.stage_since,
        pushes=opportunity.pushes,
        closed_at=opportunity.closed_at,
        stage_since_known=opportunity.stage_since_known,
        declined_stage=opportunity.declined_stage,
        **keys,
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
