"""Events of accounts as deeds of the audit trail: nominated, edited, changed on the list, justified, corrected."""

from dataclasses import replace

from agendas.facts.account import EventFacts
from agendas.facts.audience import PrivacySet
from agendas.facts.events import IN_CHARGE, Corrected, Edited, ListChanged, Nominated, Profile
from agendas.facts.justification import Justified, Part
from agendas.facts.program.trail import AccountChange, Named
from agendas.pages.trail.deeds import Deed, FieldChange, TrailWhat
from agendas.rendering.filters import money, spoken
from agendas.rendering.mrkdwn import Mrkdwn, escape
from agendas.text.days import local_date

FIELDS = {
    "name": "name",
    "domain": "domain",
    "aliases": "other names",
    "segment": "segment",
    "owner": "owner",
    "marketing_partner": "marketing partner",
    "our_executive": "our executive",
    "value": "value",
    "crm_id": "CRM id",
    "channel_id": "own channel",
    "posts_agenda": "agenda posted there",
}
PARTS = {Part.WHY_ACCOUNT: "why this account", Part.WHY_NOW: "why now", Part.MOTION: "motion"}

KINDS = {
    "nominated": "nomination",
    "edited": "edit of the profile",
    "list_changed": "change of the list",
    "justified": "justification",
    "moved": "movement",
    "nothing_moved": "\u201cnothing moved\u201d",
    "noted": "note",
    "evidence_added": "evidence",
    "evidence_judged": "answer about evidence",
    "waiting_set": "customer's date",
    "blocker_opened": "blocker",
    "blocker_changed": "change of a blocker",
    "action_added": "next action",
    "action_changed": "change of a next action",
    "item_edited": "change of an open item",
    "decided": "decision",
    "ask_answered": "answer to an ask",
    "ask_taken": "taking of an ask",
    "executive_met": "meeting of executives",
    "fit_scored": "scores of fit",
    "contact_added": "person at the account",
    "contact_edited": "change of a person at the account",
    "narrative_written": "narrative",
    "product_input": "input of product",
    "play_started": "start of a play",
    "play_ended": "end of a play",
    "opportunity_changed": "deal",
    "stage_declined": "declined stage of a deal",
    "privacy_set": "change of who sees it",
    "corrected": "correction",
}
"""Each kind of event as a correction names it."""


def account_deed(told: AccountChange, named: Named, zone: str) -> Deed:
    """Return what the event tells; its account is named as it is called now."""
    change = told.event.change
    name = named.accounts.get(told.event.account_id, "an account")
    match change:
        case Nominated(because=because):
            return Deed(TrailWhat.NOMINATED, name, because=because)
        case Edited(profile=profile):
            return Deed(TrailWhat.EDITED, name, profile_changes(told.before, profile, named))
        case ListChanged():
            place = FieldChange(
                change.status, _place(change.from_status, change.from_tier), _place("named", change.tier)
            )
            return Deed(TrailWhat.LIST_CHANGED, name, (place,), because=change.because)
        case Justified(justification=given, before=before):
            parts = tuple(FieldChange(PARTS[part], before.part(part), given.part(part)) for part in Part)
            return Deed(TrailWhat.JUSTIFIED, name, tuple(each for each in parts if each.before != each.after))
        case PrivacySet(channel_id=channel_id):
            return Deed(TrailWhat.MADE_PRIVATE if channel_id else TrailWhat.MADE_PUBLIC, name, channel_id=channel_id)
        case Corrected(because=because):
            return replace(_corrected(told.corrected, named, zone), of=name, because=because)
    return Deed(TrailWhat.OTHER, name)


def profile_changes(before: Profile | None, after: Profile, named: Named) -> tuple[FieldChange, ...]:
    """Return the fields that an edit changed; none where the profile before it is not known."""
    if before is None:
        return ()
    found = (FieldChange(label, _value(key, before, named), _value(key, after, named)) for key, label in FIELDS.items())
    return tuple(each for each in found if each.before != each.after)


def _value(key: str, profile: Profile, named: Named) -> str:
    if key == "value":
        return money(profile.value_cents, profile.currency) if profile.value_cents is not None else ""
    value = getattr(profile, key)
    if key == "owner" and not value:
        return profile.owner_name
    if key in IN_CHARGE and value:
        return named.people.get(value, "somebody not known any more")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key == "aliases":
        return ", ".join(value)
    if key == "channel_id" and value:
        return Mrkdwn(f"<#{escape(value)}>")
    return value or ""


def _place(status: str, tier: int | None) -> str:
    if status != "named":
        return spoken(status)
    return f"tier {tier}" if tier else ""


def _corrected(corrected: EventFacts | None, named: Named, zone: str) -> Deed:
    if corrected is None:
        return Deed(TrailWhat.CORRECTED)
    kind = FieldChange("kind", "", KINDS[corrected.change.kind])
    by = named.people.get(corrected.actor, "")
    return Deed(TrailWhat.CORRECTED, changes=(kind,), on=local_date(corrected.happened_at, zone), by=by)
