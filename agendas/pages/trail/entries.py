"""Entries of the audit trail as deeds. What an older or later version stored is told as far as it is known.

Only fields that are named here are ever shown: whatever else an entry holds stays in the database.
"""

from collections.abc import Callable, Mapping
from itertools import starmap

from agendas.facts.program.calibration import Calibration
from agendas.facts.program.setting import Setting
from agendas.facts.program.settings import CALIBRATABLE, CALIBRATED, GROUPS, SETTINGS
from agendas.facts.program.trail import AuditFacts, DoubtDecision, Named, TrailSubject
from agendas.pages.trail.cadences import UNKNOWN_ACCOUNT, cadence_deed, part_chosen
from agendas.pages.trail.deeds import Deed, FieldChange, TrailWhat
from agendas.rendering.filters import spoken
from agendas.rules.commands.settings import written

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
    was, now = (_value(setting, value) for value in (before, after))
    number, _, unit = was.partition(" ")
    if number.replace(",", "").isdecimal() and now.endswith(f" {unit}"):
        was = number
    return FieldChange(f"{_setting_name(setting)}:", was, now)


def _setting_name(setting: Setting) -> str:
    return f"{GROUPS[setting.group]}, {setting.label[:1].lower()}{setting.label[1:]}"


def _value(setting: Setting, value: object) -> str:
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
    was, now = ({**each, "tiers": _listed(each.get("tiers"))} for each in (before, after))
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


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else ""


def _count(value: object) -> str:
    return str(len(value)) if isinstance(value, list | tuple) else "0"
