"""The page of the audit trail, and the sentence of each kind of entry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import starmap

from agendas.facts.account import EventFacts
from agendas.facts.audience import PrivacySet
from agendas.facts.events import IN_CHARGE, Corrected, Edited, ListChanged, Nominated, Profile
from agendas.facts.narrative import Justified, Part
from agendas.facts.program import (
    CALIBRATABLE,
    CALIBRATED,
    GROUPS,
    SETTINGS,
    AccountChange,
    AuditFacts,
    Calibration,
    DoubtDecision,
    Named,
    Setting,
    TrailFacts,
    TrailLine,
    TrailSubject,
)
from agendas.facts.reviews import AS_USUAL, ItemPart
from agendas.rendering.mrkdwn import OPERATOR, Mrkdwn, escape
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled, money, spoken
from agendas.rules.commands import written
from agendas.rules.schedule import place_name
from agendas.text.dates import before_said, day_said, local_date

# Deeds of the audit trail, each with its sentence in the words.


class TrailWhat(StrEnum):
    RIGHTS = "rights"
    SETTINGS = "settings"
    CADENCE_SET = "cadence_set"
    CADENCE_CHANGED = "cadence_changed"
    CADENCE_PAUSED = "cadence_paused"
    CADENCE_RESUMED = "cadence_resumed"
    DATE_MOVED = "date_moved"
    DATE_SKIPPED = "date_skipped"
    DATE_HELD = "date_held"
    REVIEW_OPENED = "review_opened"
    REVIEW_CLOSED = "review_closed"
    ATTENDANCE = "attendance"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_LEFT_OUT = "account_left_out"
    CHANNEL_TRIED = "channel_tried"
    POSTED_AGAIN = "posted_again"
    TAKEN_AS_POSTED = "taken_as_posted"
    STEP_LEFT_OUT = "step_left_out"
    PLAY_ADDED = "play_added"
    PLAY_CHANGED = "play_changed"
    PLAY_RETIRED = "play_retired"
    PLAY_BROUGHT_BACK = "play_brought_back"
    PREFERENCES = "preferences"
    SIGNATURE_MADE = "signature_made"
    IMPORTED = "imported"
    IMPORT_UNDONE = "import_undone"
    EXPORTED = "exported"
    REPORT_TAKEN = "report_taken"
    MAIL_ADDRESS = "mail_address"
    RESTORED = "restored"
    DAYS_AWAY = "days_away"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    CALENDAR_ADDRESS = "calendar_address"
    NOMINATED = "nominated"
    EDITED = "edited"
    LIST_CHANGED = "list_changed"
    JUSTIFIED = "justified"
    MADE_PRIVATE = "made_private"
    MADE_PUBLIC = "made_public"
    CORRECTED = "corrected"
    OTHER = "other"
    """Something that a later version of this program noted."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value before and after, raw; empty for none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed, ready to be said.

    Args:
        what: its sentence.
        of: the name of the person, account, play, file or step it was done to, raw.
        changes: values before and after.
        because: the reason given.
        channel_id: the channel of the reviews or messages it concerns.
        on: the day of a review, or of the entry that was corrected.
        moved_to: the instant that a review was moved to.
        zone: the zone of `moved_to`.
        counts: numbers of rows by what was done with them.
        by: the name of the person whose entry was corrected.
    """

    what: TrailWhat
    of: str = ""
    changes: tuple[FieldChange, ...] = ()
    because: str = ""
    channel_id: str = ""
    on: date | None = None
    moved_to: datetime | None = None
    zone: str = "UTC"
    counts: Mapping[str, int] = field(default_factory=dict)
    by: str = ""


# Events of accounts as deeds of the audit trail: nominated, edited, changed on the list, justified, corrected.

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


# Changes of a cadence as deeds: set up, changed, paused, resumed, or one date moved, skipped or held after all.

UNKNOWN_ACCOUNT = "an account"

PAUSED_BECAUSE = {
    "channel_left": "Cadence was removed from the channel",
    "channel_deleted": "the channel was deleted",
}

CADENCES_FIELDS = {
    "rhythm": "rhythm",
    "anchor_on": "first date",
    "local_time": "time",
    "zone": "time zone",
    "minutes": "minutes",
    "facilitator": "led by",
    "scope": "accounts",
    "holidays_of": "public holidays of",
    "days_off": "days off",
    "is_private": "its accounts private to the channel",
    "kind": "kind",
}
PREPARATION = {
    "prep_minutes": "asked to prepare",
    "cutoff_minutes": "updates on the agenda until",
    "reminding": "reminding",
    "optional": "optional people",
    "observing": "observing people",
}
USUAL = {"prep_minutes": AS_USUAL.prep_minutes, "cutoff_minutes": AS_USUAL.cutoff_minutes}
"""Values of fields that an entry names only where they differ from these."""
DAYS_SHOWN = 5


def cadence_deed(entry: AuditFacts, named: Named) -> Deed:
    """Return what the entry tells: the one date that was changed, else what differs."""
    before, after = entry.before, entry.after
    number = int(entry.of) if entry.of.isdecimal() else 0
    channel_id = named.channels.get(number, "")
    if entry.account_id is not None:
        name = named.accounts.get(entry.account_id, UNKNOWN_ACCOUNT)
        return Deed(part_chosen(entry), name, channel_id=channel_id, on=date.fromisoformat(str(after["planned_on"])))
    occurrence = after.get("occurrence")
    if isinstance(occurrence, Mapping):
        return _date_changed(occurrence, channel_id, str(after.get("zone") or "UTC"))
    changes = tuple(
        FieldChange(name, was, now)
        for key, name in (CADENCES_FIELDS | PREPARATION).items()
        if (was := _told(key, before, named)) != (now := _told(key, after, named))
    )
    if not before:
        return Deed(TrailWhat.CADENCE_SET, changes=changes, channel_id=channel_id)
    if before.get("is_paused") == after.get("is_paused"):
        return Deed(TrailWhat.CADENCE_CHANGED, changes=changes, channel_id=channel_id)
    paused = bool(after.get("is_paused"))
    reason = after.get("because") or PAUSED_BECAUSE.get(str(after.get("paused_because")), "")
    what = TrailWhat.CADENCE_PAUSED if paused else TrailWhat.CADENCE_RESUMED
    return Deed(what, channel_id=channel_id, because=str(reason) if paused else "")


def part_chosen(entry: AuditFacts) -> TrailWhat:
    """Return the deed of an entry about one account of a review: added to it, or left out of it."""
    is_out = entry.after.get("part") == ItemPart.LEFT_OUT
    return TrailWhat.ACCOUNT_LEFT_OUT if is_out else TrailWhat.ACCOUNT_ADDED


def _date_changed(occurrence: Mapping[object, object], channel_id: str, zone: str) -> Deed:
    moved_to = occurrence.get("moved_to")
    what = TrailWhat.DATE_MOVED if moved_to else TrailWhat.DATE_SKIPPED
    return Deed(
        TrailWhat.DATE_HELD if occurrence.get("is_held") else what,
        because=str(occurrence.get("because") or ""),
        channel_id=channel_id,
        on=date.fromisoformat(str(occurrence["planned_on"])),
        moved_to=datetime.fromisoformat(str(moved_to)) if moved_to else None,
        zone=zone,
    )


def _told(key: str, values: Mapping[str, object], named: Named) -> str:
    return _prepared(key, values.get(key), named) if key in PREPARATION else _said(key, values, named)


def _said(key: str, values: Mapping[str, object], named: Named) -> str:
    """Return the value as people say it, '' where there is none."""
    value = values.get(key)
    if key == "scope":
        return ("none" if values.get("kind") else _scope(value, named)) if values else ""
    if key == "days_off":
        return _cadences_days(value)
    if key == "is_private":
        return "yes" if value else ""
    if value is None or value == "":
        return ""
    if key == "holidays_of":
        return place_name(str(value))
    if key == "facilitator":
        return named.people.get(str(value), "")
    if key == "anchor_on":
        on = date.fromisoformat(str(value))
        return f"{day_said(on)} {on.year}"
    return str(value)[:5] if key == "local_time" else str(value)


def _prepared(key: str, value: object, named: Named) -> str:
    """Return how a review is prepared, as usual where the entry does not say it."""
    if key in USUAL:
        return _before(USUAL[key] if value is None else value)
    if key == "reminding":
        return str(value or AS_USUAL.reminding.value)
    return ", ".join(named.people.get(str(each), "somebody") for each in _listed(value))


def _before(minutes: object) -> str:
    """Return a time before a review; `nobody` for the 0 by which nobody is asked."""
    number = int(str(minutes))
    return before_said(number) if number else "nobody"


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _cadences_days(value: object) -> str:
    days = [date.fromisoformat(str(each)) for each in value] if isinstance(value, Sequence) else []
    more = f" and {len(days) - DAYS_SHOWN} more" if len(days) > DAYS_SHOWN else ""
    return ", ".join(f"{day_said(on)} {on.year}" for on in days[:DAYS_SHOWN]) + more


def _scope(value: object, named: Named) -> str:
    """Return the scope in words; accounts chosen by name are not counted, since some may be private."""
    scope = value if isinstance(value, Mapping) else {}
    parts = []
    if tiers := scope.get("tiers"):
        parts.append("tier " + ", ".join(map(str, tiers)))
    if owners := scope.get("owners"):
        parts.append("of " + ", ".join(named.people.get(str(each), "somebody") for each in owners))
    if segments := scope.get("segments"):
        parts.append("segment " + ", ".join(map(str, segments)))
    if scope.get("account_ids"):
        parts.append("chosen by name")
    return "; ".join(parts) or "every named account"


# Entries of the audit trail as deeds. What an older or later version stored is told as far as it is known.

UNKNOWN_PERSON = "somebody not known any more"
AS_CALIBRATED = "as calibrated"

Values = Mapping[str, object]


def entry_deed(entry: AuditFacts, named: Named) -> Deed:
    """Return what the entry tells, as OTHER where this version does not know it."""
    if entry.subject is None:
        return Deed(TrailWhat.OTHER)
    return _DEEDS[entry.subject](entry, named)


def changed_fields(before: Values, after: Values, names: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Return those of the named fields that differ, each under its name."""
    found = (FieldChange(name, _word(before.get(key)), _word(after.get(key))) for key, name in names.items())
    return tuple(each for each in found if each.before != each.after)


def _word(value: object) -> str:
    return "" if value is None or value == "" else spoken(str(value))


def _person(entry: AuditFacts, named: Named) -> Deed:
    changes = changed_fields(entry.before, entry.after, {"right": "right", "function": "function", "leads": "leads"})
    if "function" not in entry.after:
        # a first admin: their function was not touched
        changes = tuple(each for each in changes if each.name != "function")
    whom = named.people.get(entry.of, UNKNOWN_PERSON)
    return Deed(TrailWhat.RIGHTS, whom, changes, because=_text(entry.after, "because"))


def _settings(entry: AuditFacts, _named: Named) -> Deed:
    known = ((SETTINGS[key], entry.before.get(key), after) for key, after in entry.after.items() if key in SETTINGS)
    limits = _calibrated(entry.before), _calibrated(entry.after)
    renewed = (
        FieldChange(f"{_setting_name(SETTINGS[key])} calibrated:", *(_days(key, each) for each in limits))
        for key in SETTINGS
        if _days(key, limits[0]) != _days(key, limits[1])
    )
    return Deed(TrailWhat.SETTINGS, changes=(*starmap(_setting, known), *renewed))


def _calibrated(values: Values) -> Calibration:
    return Calibration.of(values.get(CALIBRATED), CALIBRATABLE)


def _days(key: str, limits: Calibration) -> str:
    days = limits.days(key)
    return "" if days is None else written(SETTINGS[key], days)


def _setting(setting: Setting, before: object, after: object) -> FieldChange:
    """Return the change with its unit once: `Tier 1, cap 5 → 6 accounts`."""
    was, now = (_entries_value(setting, value) for value in (before, after))
    number, _, unit = was.partition(" ")
    if number.replace(",", "").isdecimal() and now.endswith(f" {unit}"):
        was = number
    return FieldChange(f"{_setting_name(setting)}:", was, now)


def _setting_name(setting: Setting) -> str:
    return f"{GROUPS[setting.group]}, {setting.label[:1].lower()}{setting.label[1:]}"


def _entries_value(setting: Setting, value: object) -> str:
    """Return the value in words: `as calibrated` where nobody had set one, '' for one that it cannot have."""
    if value is None and setting.key in CALIBRATABLE:
        return AS_CALIBRATED
    accepted = setting.accepted(value)
    return "" if accepted is None else written(setting, accepted)


def _review(entry: AuditFacts, named: Named) -> Deed:
    number = int(entry.of) if entry.of.isdecimal() else 0
    channel_id, on = named.reviews.get(number, ("", None))
    if entry.account_id is not None:
        name = named.accounts.get(entry.account_id, UNKNOWN_ACCOUNT)
        return Deed(part_chosen(entry), name, channel_id=channel_id, on=on)
    if "attended" in entry.after:
        before, after = (_names(values.get("attended"), named) for values in (entry.before, entry.after))
        changes = (FieldChange("", before, after),)
        return Deed(TrailWhat.ATTENDANCE, changes=changes, channel_id=channel_id, on=on)
    if not entry.after.get("closed"):
        return Deed(TrailWhat.REVIEW_OPENED, channel_id=channel_id, on=on)
    held = "held" if entry.after.get("was_held") else "not held"
    return Deed(TrailWhat.REVIEW_CLOSED, held, channel_id=channel_id, on=on)


def _names(ids: object, named: Named) -> str:
    found = ids if isinstance(ids, list) else []
    return ", ".join(named.people.get(str(each), UNKNOWN_PERSON) for each in found)


def _channel(entry: AuditFacts, _named: Named) -> Deed:
    return Deed(TrailWhat.CHANNEL_TRIED, channel_id=entry.of)


def _letter(entry: AuditFacts, _named: Named) -> Deed:
    is_again = entry.after.get("decision") == DoubtDecision.POST_AGAIN
    return Deed(TrailWhat.POSTED_AGAIN if is_again else TrailWhat.TAKEN_AS_POSTED)


def _setup(entry: AuditFacts, _named: Named) -> Deed:
    return Deed(TrailWhat.STEP_LEFT_OUT, spoken(entry.of))


def _play(entry: AuditFacts, _named: Named) -> Deed:
    before, after = entry.before, entry.after
    name = _text(after, "name") or "a play"
    if not before:
        return Deed(TrailWhat.PLAY_ADDED, name)
    if bool(before.get("is_retired")) != bool(after.get("is_retired")):
        return Deed(TrailWhat.PLAY_RETIRED if after.get("is_retired") else TrailWhat.PLAY_BROUGHT_BACK, name)
    fields = {"name": "name", "tiers": "tiers", "outcome": "outcome", "outcome_in_days": "days", "motion": "motion"}
    was, now = ({**each, "tiers": _entries_listed(each.get("tiers"))} for each in (before, after))
    changes = changed_fields(was, now, fields)
    if before.get("steps") != after.get("steps"):
        changes = (*changes, FieldChange("steps", _count(before.get("steps")), _count(after.get("steps"))))
    return Deed(TrailWhat.PLAY_CHANGED, name, changes)


_PREFERENCES = {
    "told": "what others ask",
    "actions": "actions after a review",
    "questions": "questions",
    "health": "health",
    "digest_at": "digest at",
    "quiet_hours": "quiet hours",
}


def _preferences(entry: AuditFacts, _named: Named) -> Deed:
    return Deed(TrailWhat.PREFERENCES, changes=changed_fields(entry.before, entry.after, _PREFERENCES))


def _signature(_entry: AuditFacts, _named: Named) -> Deed:
    return Deed(TrailWhat.SIGNATURE_MADE)


def _import(entry: AuditFacts, named: Named) -> Deed:
    number = int(entry.of) if entry.of.isdecimal() else 0
    what = TrailWhat.IMPORT_UNDONE if entry.after.get("undone") else TrailWhat.IMPORTED
    changes = (FieldChange("what", "", _text(entry.after, "what")), FieldChange("run", "", entry.of))
    return Deed(what, _text(entry.after, "file_name"), changes, counts=named.runs.get(number, {}))


def _export(entry: AuditFacts, _named: Named) -> Deed:
    rows = entry.after.get("rows")
    return Deed(TrailWhat.EXPORTED, counts={"rows": rows} if isinstance(rows, int) else {})


def _report(entry: AuditFacts, _named: Named) -> Deed:
    return Deed(TrailWhat.REPORT_TAKEN, _text(entry.after, "file_name"))


def _mail(entry: AuditFacts, _named: Named) -> Deed:
    return Deed(TrailWhat.MAIL_ADDRESS, entry.of, (FieldChange("state", "", _text(entry.after, "state")),))


def _calendar(entry: AuditFacts, _named: Named) -> Deed:
    return Deed(TrailWhat.CALENDAR_ADDRESS, entry.of, (FieldChange("address", "", _text(entry.after, "address")),))


def _restore(entry: AuditFacts, _named: Named) -> Deed:
    return Deed(TrailWhat.RESTORED, _text(entry.after, "file_name"))


def _days_away(entry: AuditFacts, named: Named) -> Deed:
    """Return the days before and after; of everybody where the entry names nobody."""
    was, now = (
        each | {"stand_in": named.people.get(_text(each, "stand_in"), "") or _text(each, "stand_in")}
        for each in (dict(entry.before), dict(entry.after))
    )
    changes = changed_fields(was, now, {"days": "days", "stand_in": "stand-in", "name": "name"})
    whom = named.people.get(entry.of, UNKNOWN_PERSON) if entry.of else ""
    return Deed(TrailWhat.DAYS_AWAY, whom, changes)


def _hand_over(entry: AuditFacts, named: Named) -> Deed:
    """Return whose accounts and open items were handed over; the accounts' own entries tell to whom."""
    what = TrailWhat.TAKEN_BACK if entry.after.get("undone") else TrailWhat.HANDED_OVER
    return Deed(what, named.people.get(entry.of, UNKNOWN_PERSON))


_DEEDS: dict[TrailSubject, Callable[[AuditFacts, Named], Deed]] = {
    TrailSubject.PERSON: _person,
    TrailSubject.SETTINGS: _settings,
    TrailSubject.CADENCE: cadence_deed,
    TrailSubject.REVIEW: _review,
    TrailSubject.CHANNEL: _channel,
    TrailSubject.LETTER: _letter,
    TrailSubject.SETUP: _setup,
    TrailSubject.PLAY: _play,
    TrailSubject.PREFERENCES: _preferences,
    TrailSubject.SIGNATURE: _signature,
    TrailSubject.IMPORT: _import,
    TrailSubject.EXPORT: _export,
    TrailSubject.REPORT: _report,
    TrailSubject.MAIL: _mail,
    TrailSubject.RESTORE: _restore,
    TrailSubject.DAYS_AWAY: _days_away,
    TrailSubject.CALENDAR: _calendar,
    TrailSubject.HAND_OVER: _hand_over,
}


def _text(values: Values, key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _entries_listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else ""


def _count(value: object) -> str:
    return str(len(value)) if isinstance(value, list | tuple) else "0"


# The page of the audit trail: a line for each entry, newest first.

MORE = "trail.more"


def trail_page(facts: TrailFacts, words: Words) -> Page:
    """The entries asked for, with a button for older ones, and for editors whom to ask for the rest."""
    lines = tuple(
        words.say(
            "trail.line", at=line.at, who=_who(line, facts.named, words), said=_page_said(line, facts, words), **day
        )
        for line in facts.lines
        for day in ({"zone": facts.zone, "today": facts.today},)
    )
    items: list[Item] = [Heading(words.raw("trail.heading")), Text(_asked(facts, words))]
    items.append(Rows(lines) if lines else Text(words.say("trail.nothing", is_first=facts.is_first)))
    if facts.wanted.of_accounts:
        names = [facts.named.people[each] for each in facts.admins if each in facts.named.people]
        items.append(Note(words.say("trail.accounts_only", admins=names)))
    if facts.is_first:
        items.append(Note(words.say("trail.how")))
    if facts.more_value:
        items.append(Buttons((labelled(words, MORE, facts.more_value),)))
    return Page(words.raw("trail.title", count=len(lines)), tuple(items), key="trail")


def said_deed(deed: Deed, words: Words) -> str:
    return words.say(f"trail.{deed.what}", deed=deed)


def _page_said(line: TrailLine, facts: TrailFacts, words: Words) -> str:
    told = line.told
    if isinstance(told, AuditFacts):
        return said_deed(entry_deed(told, facts.named), words)
    return said_deed(account_deed(told, facts.named, facts.zone), words)


def _who(line: TrailLine, named: Named, words: Words) -> str:
    """The name of who did it, which pings nobody."""
    if not line.actor:
        return words.say("trail.program")
    if line.actor == OPERATOR:
        return OPERATOR if isinstance(line.told, AuditFacts) else "CRM import"
    return named.people.get(line.actor) or words.say("trail.somebody")


def _asked(facts: TrailFacts, words: Words) -> str:
    wanted = facts.wanted
    return words.say(
        "trail.asked",
        account=facts.named.accounts.get(wanted.account_id or 0, ""),
        person=facts.named.people.get(wanted.user_id, ""),
        first=wanted.first,
        last=wanted.last,
        today=facts.today,
        of_accounts=wanted.of_accounts,
    )
