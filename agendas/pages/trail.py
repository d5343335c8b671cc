"""The page of the audit trail, and the sentence of each kind of entry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from agendas.facts.audience import PrivacySet
from agendas.facts.events import IN_CHARGE, Corrected, Edited, ListChanged, Nominated, Profile
from agendas.facts.narrative import Justified, WhyPart
from agendas.facts.program import (
    CALIBRATABLE,
    CALIBRATED,
    GROUPS,
    SETTINGS,
    AccountChange,
    AuditFacts,
    Calibration,
    Setting,
    TrailFacts,
    TrailLine,
    TrailNames,
    TrailSubject,
    UnsureDecision,
)
from agendas.facts.reviews import AS_USUAL, ItemPart
from agendas.rendering.mrkdwn import OPERATOR, Mrkdwn, escape
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled, money, spoken
from agendas.rules.commands import written
from agendas.rules.schedule import place_name
from agendas.text.dates import day_text, local_date, minutes_before_text

# What an entry tells, each kind with its sentence in the words.


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


@dataclass(frozen=True, slots=True)
class TrailChange:
    """A value before and after, unescaped; empty if unset."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """An entry, ready for its sentence.

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
    changes: tuple[TrailChange, ...] = ()
    because: str = ""
    channel_id: str = ""
    on: date | None = None
    moved_to: datetime | None = None
    zone: str = "UTC"
    counts: Mapping[str, int] = field(default_factory=dict)
    by: str = ""


# Events of accounts that belong to the trail: nominated, edited, changed on the list, justified, corrected.

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
PARTS = {WhyPart.WHY_ACCOUNT: "why this account", WhyPart.WHY_NOW: "why now", WhyPart.MOTION: "motion"}

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

UNKNOWN_ACCOUNT, UNKNOWN_PERSON = "an account", "somebody not known any more"


def account_entry(change: AccountChange, named: TrailNames, zone: str) -> TrailEntry:
    """Return what the event tells; its account is named as it is called now.

    Raises ValueError for a kind of event that is not part of the trail.
    """
    name = named.accounts.get(change.event.account_id, UNKNOWN_ACCOUNT)
    match change.event.change:
        case Nominated(because=because):
            return TrailEntry(TrailWhat.NOMINATED, name, because=because)
        case Edited(profile=profile):
            values = (
                (label, _field(key, change.before, named), _field(key, profile, named)) for key, label in FIELDS.items()
            )
            return TrailEntry(TrailWhat.EDITED, name, _changed(values) if change.before else ())
        case ListChanged() as listed:
            # the sentence says the new status by the change's name, and after it the tier alone
            was, now = _place_text(listed.from_status, listed.from_tier), _place_text("named", listed.tier)
            place = TrailChange(listed.status, was, now)
            return TrailEntry(TrailWhat.LIST_CHANGED, name, (place,), because=listed.because)
        case Justified(justification=given, before=before):
            parts = _changed((PARTS[part], before.part(part), given.part(part)) for part in WhyPart)
            return TrailEntry(TrailWhat.JUSTIFIED, name, parts)
        case PrivacySet(channel_id=channel_id):
            what = TrailWhat.MADE_PRIVATE if channel_id else TrailWhat.MADE_PUBLIC
            return TrailEntry(what, name, channel_id=channel_id)
        case Corrected(because=because) if change.corrected is not None:
            event = change.corrected
            return TrailEntry(
                TrailWhat.CORRECTED,
                name,
                (TrailChange("kind", "", KINDS[event.change.kind]),),
                because=because,
                on=local_date(event.happened_at, zone),
                by=named.people.get(event.actor, ""),
            )
        case Corrected(because=because):
            return TrailEntry(TrailWhat.CORRECTED, name, because=because)
    raise ValueError(f"{change.event.change.kind} is not part of the audit trail")


def _changed(values: Iterable[tuple[str, str, str]]) -> tuple[TrailChange, ...]:
    return tuple(TrailChange(name, before, after) for name, before, after in values if before != after)


def _field(key: str, profile: Profile | None, named: TrailNames) -> str:
    """The value of the profile's attribute `key` as people read it; '' where it is unset or there is no profile."""
    if profile is None:
        return ""
    if key == "value":
        return money(profile.value_cents, profile.currency) if profile.value_cents is not None else ""
    value = getattr(profile, key)
    if key == "owner" and not value:
        return profile.owner_name
    if key in IN_CHARGE and value:
        return named.people.get(value, UNKNOWN_PERSON)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key == "aliases":
        return ", ".join(value)
    if key == "channel_id" and value:
        return Mrkdwn(f"<#{escape(value)}>")
    return value or ""


def _place_text(status: str, tier: int | None) -> str:
    """A place on the list in words: the tier, or any other status; empty for a named account without a tier."""
    if status != "named":
        return spoken(status)
    return f"tier {tier}" if tier else ""


# Entries of the program: rights, settings, cadences, reviews, plays, imports, files, days away.

PREFERENCES = {
    "told": "what others ask",
    "actions": "actions after a review",
    "questions": "questions",
    "health": "health",
    "digest_at": "digest at",
    "quiet_hours": "quiet hours",
    "threads": "talk in threads",
}
PLAY_FIELDS = {"name": "name", "tiers": "tiers", "outcome": "outcome", "outcome_in_days": "days", "motion": "motion"}

Values = Mapping[str, Any]


def program_entry(entry: AuditFacts, named: TrailNames) -> TrailEntry:
    """The entry of a change that is of no single account, by its subject."""
    after, person = entry.after, named.people.get(entry.of, UNKNOWN_PERSON)
    file_name = str(after.get("file_name", ""))
    match entry.subject:
        case TrailSubject.PERSON:
            # a first admin's function was not touched
            fields = {each: each for each in ("right", "function", "leads") if each != "function" or each in after}
            changes = _changed_fields(entry.before, after, fields)
            return TrailEntry(TrailWhat.RIGHTS, person, changes, because=str(after.get("because", "")))
        case TrailSubject.SETTINGS:
            return TrailEntry(TrailWhat.SETTINGS, changes=tuple(_settings(entry.before, after)))
        case TrailSubject.CADENCE:
            return _cadence(entry, named)
        case TrailSubject.REVIEW:
            return _review(entry, named)
        case TrailSubject.CHANNEL:
            return TrailEntry(TrailWhat.CHANNEL_TRIED, channel_id=entry.of)
        case TrailSubject.LETTER:
            is_again = after.get("decision") == UnsureDecision.POST_AGAIN
            return TrailEntry(TrailWhat.POSTED_AGAIN if is_again else TrailWhat.TAKEN_AS_POSTED)
        case TrailSubject.SETUP:
            return TrailEntry(TrailWhat.STEP_LEFT_OUT, spoken(entry.of))
        case TrailSubject.PLAY:
            return _play(entry.before, after)
        case TrailSubject.PREFERENCES:
            return TrailEntry(TrailWhat.PREFERENCES, changes=_changed_fields(entry.before, after, PREFERENCES))
        case TrailSubject.SIGNATURE:
            return TrailEntry(TrailWhat.SIGNATURE_MADE)
        case TrailSubject.IMPORT:
            what = TrailWhat.IMPORT_UNDONE if after.get("undone") else TrailWhat.IMPORTED
            run = (TrailChange("what", "", str(after.get("what", ""))), TrailChange("run", "", entry.of))
            return TrailEntry(what, file_name, run, counts=named.runs.get(int(entry.of), {}))
        case TrailSubject.EXPORT:
            return TrailEntry(TrailWhat.EXPORTED)
        case TrailSubject.REPORT:
            return TrailEntry(TrailWhat.REPORT_TAKEN, file_name)
        case TrailSubject.MAIL:
            return TrailEntry(TrailWhat.MAIL_ADDRESS, entry.of, _changed_fields({}, after, {"state": "state"}))
        case TrailSubject.CALENDAR:
            return TrailEntry(TrailWhat.CALENDAR_ADDRESS, entry.of, _changed_fields({}, after, {"address": "address"}))
        case TrailSubject.RESTORE:
            return TrailEntry(TrailWhat.RESTORED, file_name)
        case TrailSubject.DAYS_AWAY:
            # a stand-in whose name is not known is shown as stored
            was, now = (
                {**each, "stand_in": named.people.get(each.get("stand_in", "")) or each.get("stand_in")}
                for each in (entry.before, after)
            )
            changes = _changed_fields(was, now, {"days": "days", "stand_in": "stand-in", "name": "name"})
            return TrailEntry(TrailWhat.DAYS_AWAY, person if entry.of else "", changes)
        case TrailSubject.HAND_OVER:
            # the accounts' own entries say to whom
            return TrailEntry(TrailWhat.TAKEN_BACK if after.get("undone") else TrailWhat.HANDED_OVER, person)


def _changed_fields(before: Values, after: Values, names: Mapping[str, str]) -> tuple[TrailChange, ...]:
    """The changes of the fields whose names are `names`, by key, with the values in words."""
    return _changed((name, _word(before.get(key)), _word(after.get(key))) for key, name in names.items())


def _word(value: object) -> str:
    return "" if value is None or value == "" else spoken(str(value))


def _settings(before: Values, after: Values) -> Iterator[TrailChange]:
    """Yield each setting that changed, then each limit whose calibration changed."""
    for key, value in after.items():
        if key in SETTINGS:
            setting = SETTINGS[key]
            was, now = _setting_value(setting, before.get(key)), _setting_value(setting, value)
            amount, _, unit = was.partition(" ")
            # the unit is said once where both values have it: `Tier 1, cap 5 → 6 accounts`
            if amount.replace(",", "").isdecimal() and now.endswith(f" {unit}"):
                was = amount
            yield TrailChange(f"{_setting_name(setting)}:", was, now)
    limits = [Calibration.of(each.get(CALIBRATED)) for each in (before, after)]
    for key, setting in SETTINGS.items():
        was, now = ("" if (days := each.days(key)) is None else written(setting, days) for each in limits)
        if was != now:
            yield TrailChange(f"{_setting_name(setting)} calibrated:", was, now)


def _setting_name(setting: Setting) -> str:
    return f"{GROUPS[setting.group]}, {setting.label[:1].lower()}{setting.label[1:]}"


def _setting_value(setting: Setting, value: object) -> str:
    """Return the value in words: `as calibrated` where nobody had set one, '' for one that it cannot have."""
    if value is None and setting.key in CALIBRATABLE:
        return "as calibrated"
    accepted = setting.accepted(value)
    return "" if accepted is None else written(setting, accepted)


def _review(entry: AuditFacts, named: TrailNames) -> TrailEntry:
    """The entry of a review: an account taken in or left out, attendance corrected, opened, or closed."""
    channel_id, on = named.reviews.get(int(entry.of), ("", None))
    if entry.account_id is not None:
        name = named.accounts.get(entry.account_id, UNKNOWN_ACCOUNT)
        return TrailEntry(_part_chosen(entry), name, channel_id=channel_id, on=on)
    if "attended" in entry.after:
        before, after = (
            ", ".join(named.people.get(each, UNKNOWN_PERSON) for each in values.get("attended", ()))
            for values in (entry.before, entry.after)
        )
        return TrailEntry(TrailWhat.ATTENDANCE, changes=(TrailChange("", before, after),), channel_id=channel_id, on=on)
    if not entry.after.get("closed"):
        return TrailEntry(TrailWhat.REVIEW_OPENED, channel_id=channel_id, on=on)
    how_closed = "held" if entry.after.get("was_held") else "not held"
    return TrailEntry(TrailWhat.REVIEW_CLOSED, how_closed, channel_id=channel_id, on=on)


def _part_chosen(entry: AuditFacts) -> TrailWhat:
    is_out = entry.after.get("part") == ItemPart.LEFT_OUT
    return TrailWhat.ACCOUNT_LEFT_OUT if is_out else TrailWhat.ACCOUNT_ADDED


def _play(before: Values, after: Values) -> TrailEntry:
    """The entry of a play: added, retired, brought back, or changed, with the fields that differ; `a play` unnamed."""
    name = after.get("name") or "a play"
    if not before:
        return TrailEntry(TrailWhat.PLAY_ADDED, name)
    if bool(before.get("is_retired")) != bool(after.get("is_retired")):
        return TrailEntry(TrailWhat.PLAY_RETIRED if after.get("is_retired") else TrailWhat.PLAY_BROUGHT_BACK, name)
    was, now = ({**each, "tiers": ", ".join(map(str, each.get("tiers", ())))} for each in (before, after))
    changes = _changed_fields(was, now, PLAY_FIELDS)
    if before.get("steps") != after.get("steps"):
        steps = (str(len(each.get("steps", ()))) for each in (before, after))
        changes = (*changes, TrailChange("steps", *steps))
    return TrailEntry(TrailWhat.PLAY_CHANGED, name, changes)


# Entries of a cadence: set up, changed, paused, resumed, or one date moved, skipped or held after all.

PAUSED_BECAUSE = {"channel_left": "Cadence was removed from the channel", "channel_deleted": "the channel was deleted"}
CADENCE_FIELDS = {
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
    "prep_minutes": "asked to prepare",
    "cutoff_minutes": "updates on the agenda until",
    "reminding": "reminding",
    "optional": "optional people",
    "observing": "observing people",
}
DAYS_SHOWN = 5


def _cadence(entry: AuditFacts, named: TrailNames) -> TrailEntry:
    """Return the entry of a cadence: the date or account that was changed, else the fields that differ."""
    before, after = entry.before, entry.after
    channel_id = named.channels.get(int(entry.of), "")
    if entry.account_id is not None:
        name = named.accounts.get(entry.account_id, UNKNOWN_ACCOUNT)
        return TrailEntry(_part_chosen(entry), name, channel_id=channel_id, on=date.fromisoformat(after["planned_on"]))
    if occurrence := after.get("occurrence"):
        moved_to = occurrence.get("moved_to")
        what = TrailWhat.DATE_MOVED if moved_to else TrailWhat.DATE_SKIPPED
        return TrailEntry(
            TrailWhat.DATE_HELD if occurrence.get("is_held") else what,
            because=occurrence.get("because") or "",
            channel_id=channel_id,
            on=date.fromisoformat(occurrence["planned_on"]),
            moved_to=datetime.fromisoformat(moved_to) if moved_to else None,
            zone=after.get("zone") or "UTC",
        )
    changes = _changed(
        (name, _cadence_field(key, before, named), _cadence_field(key, after, named))
        for key, name in CADENCE_FIELDS.items()
    )
    if not before:
        return TrailEntry(TrailWhat.CADENCE_SET, changes=changes, channel_id=channel_id)
    if before.get("is_paused") == after.get("is_paused"):
        return TrailEntry(TrailWhat.CADENCE_CHANGED, changes=changes, channel_id=channel_id)
    if not after.get("is_paused"):
        return TrailEntry(TrailWhat.CADENCE_RESUMED, channel_id=channel_id)
    # the reason that a person gave, else why it paused by itself
    reason = after.get("because") or PAUSED_BECAUSE.get(after.get("paused_because", ""), "")
    return TrailEntry(TrailWhat.CADENCE_PAUSED, channel_id=channel_id, because=reason)


def _cadence_field(key: str, values: Values, named: TrailNames) -> str:
    """Return the value as people say it, '' where there is none; the settings of preparing fall back to the usual."""
    value = values.get(key)
    match key:
        case "prep_minutes" | "cutoff_minutes":
            minutes = getattr(AS_USUAL, key) if value is None else value
            return minutes_before_text(minutes) if minutes else "nobody"
        case "reminding":
            return str(value or AS_USUAL.reminding.value)
        case "optional" | "observing":
            return ", ".join(named.people.get(each, "somebody") for each in value or ())
        case "scope":
            # only a review of executives has its kind stored, and takes no accounts
            return ("none" if values.get("kind") else _scope(value or {}, named)) if values else ""
        case "days_off":
            days = value or ()
            more = f" and {len(days) - DAYS_SHOWN} more" if len(days) > DAYS_SHOWN else ""
            return ", ".join(map(_dated, days[:DAYS_SHOWN])) + more
        case "is_private":
            return "yes" if value else ""
    if value is None or value == "":
        return ""
    match key:
        case "holidays_of":
            return place_name(value)
        case "facilitator":
            return named.people.get(value, "")
        case "anchor_on":
            return _dated(value)
        case "local_time":
            return str(value)[:5]
    return str(value)


def _dated(day: str) -> str:
    on = date.fromisoformat(day)
    return f"{day_text(on)} {on.year}"


def _scope(scope: Values, named: TrailNames) -> str:
    """Return the scope in words; accounts chosen by name are not counted, since some may be private."""
    parts = []
    if tiers := scope.get("tiers"):
        parts.append("tier " + ", ".join(map(str, tiers)))
    if owners := scope.get("owners"):
        parts.append("of " + ", ".join(named.people.get(each, "somebody") for each in owners))
    if segments := scope.get("segments"):
        parts.append("segment " + ", ".join(segments))
    if scope.get("account_ids"):
        parts.append("chosen by name")
    return "; ".join(parts) or "every named account"


# The page of the audit trail: a line for each entry, newest first.

MORE = "trail.more"


def trail_page(facts: TrailFacts, words: Words) -> Page:
    """The entries asked for, with a button for older ones, and for editors whom to ask for the rest."""
    lines = tuple(_sentence(each, facts, words) for each in facts.lines)
    wanted, named = facts.wanted, facts.named
    asked = words.say(
        "trail.asked",
        account=named.accounts.get(wanted.account_id or 0, ""),
        person=named.people.get(wanted.user_id, ""),
        first=wanted.first,
        last=wanted.last,
        today=facts.today,
        of_accounts=wanted.of_accounts,
    )
    items: list[Item] = [Heading(words.raw("trail.heading")), Text(asked)]
    items.append(Rows(lines) if lines else Text(words.say("trail.nothing", is_first=facts.is_first)))
    if wanted.of_accounts:
        names = [named.people[each] for each in facts.admins if each in named.people]
        items.append(Note(words.say("trail.accounts_only", admins=names)))
    if facts.is_first:
        items.append(Note(words.say("trail.how")))
    if facts.more_value:
        items.append(Buttons((labelled(words, MORE, facts.more_value),)))
    return Page(words.raw("trail.title", count=len(lines)), tuple(items), key="trail")


def _sentence(line: TrailLine, facts: TrailFacts, words: Words) -> str:
    """The entry in one line: when, who (a person, the program, the operator or the import of the CRM), and what."""
    change, named = line.change, facts.named
    is_of_program = isinstance(change, AuditFacts)
    if not line.actor:
        who: str = words.say("trail.program")
    elif line.actor == OPERATOR:
        who = OPERATOR if is_of_program else "CRM import"
    else:
        who = named.people.get(line.actor) or words.say("trail.somebody")
    entry = program_entry(change, named) if isinstance(change, AuditFacts) else account_entry(change, named, facts.zone)
    sentence = entry_text(entry, words)
    return words.say("trail.line", at=line.at, who=who, said=sentence, zone=facts.zone, today=facts.today)


def entry_text(entry: TrailEntry, words: Words) -> str:
    return words.say(f"trail.{entry.what}", entry=entry)
