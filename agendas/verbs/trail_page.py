"""Look-ups of the audit trail."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected, Edited, Nominated, Profile
from agendas.facts.people import PersonFacts
from agendas.facts.program import (
    OWN_WORDS,
    AccountChange,
    AuditFacts,
    TrailFacts,
    TrailFilter,
    TrailLine,
    TrailNames,
    TrailSubject,
)
from agendas.rules.access import Permission, may
from agendas.rules.entries import uncorrected
from agendas.text.dates import local_date
from agendas.verbs.loading import event_facts, names
from agendas.verbs.reads import admin_ids, get_account
from agendas.verbs.wordings import words_seen
from storage import accounts, events, people, reviews, trail
from storage.models.events import Event
from storage.models.workspaces import AuditEntry
from storage.trail import EntriesWanted, TrailPosition

# Lines of the audit trail from its rows, and the names of those that they are about.

USER_ID = re.compile(r"[UW][A-Z0-9]{2,20}")


def _audit_line(session: Session, row: AuditEntry) -> TrailLine | None:
    """Return the line of the entry; None for one about taught words alone that the session hides."""
    subject, _, subject_id = row.subject.partition(":")
    before, after = (each if isinstance(each, dict) else {} for each in (row.before, row.after))
    if OWN_WORDS in after:
        words_before, words_after = (
            words_seen(session, row.workspace_id, each.get(OWN_WORDS, ())) for each in (before, after)
        )
        before, after = {**before, OWN_WORDS: words_before}, {**after, OWN_WORDS: words_after}
        if words_before == words_after:
            del after[OWN_WORDS]
        if not after:
            return None
    return TrailLine(row.at, row.actor, AuditFacts(TrailSubject(subject), subject_id, before, after, row.account_id))


def _event_lines(session: Session, rows: Sequence[Event]) -> dict[int, TrailLine]:
    """Return the lines of these events by id; an edit has the profile before it, a correction the entry corrected."""
    entries = [event_facts(row) for row in rows]
    before = _profiles_before(session, [event for event in entries if isinstance(event.change, Edited)])
    taken_back = [event.change.event_id for event in entries if isinstance(event.change, Corrected)]
    corrected = {row.row_id: event_facts(row) for row in (events.get_many(session, taken_back) if taken_back else ())}
    return {
        event.id: TrailLine(
            event.recorded_at,
            event.actor,
            AccountChange(
                event,
                before=before.get(event.id),
                corrected=corrected.get(event.change.event_id) if isinstance(event.change, Corrected) else None,
            ),
        )
        for event in entries
    }


def _named_in(
    session: Session, workspace_id: str, lines: Collection[TrailLine], account_id: int | None, user_ids: Collection[str]
) -> TrailNames:
    """Return the names of everybody and everything in the lines, and of this account and these people."""
    entries = [line.change for line in lines if isinstance(line.change, AuditFacts)]
    changes = [line.change for line in lines if isinstance(line.change, AccountChange)]
    people = {line.actor for line in lines} | set(user_ids)
    people |= {each for entry in entries for each in _texts_in((entry.of, entry.before, entry.after))}
    people |= {each for change in changes for each in _people_of(change)}
    ids = {entry.account_id for entry in entries} | {change.event.account_id for change in changes}
    found = accounts.get_many(session, workspace_id, {each for each in (*ids, account_id) if each is not None})
    return TrailNames(
        people=names(session, workspace_id, {each for each in people if USER_ID.fullmatch(each)}),
        accounts={row.row_id: row.name for row in found},
        channels={
            row.row_id: row.channel_id
            for row in (reviews.cadences(session, workspace_id) if _ids(entries, TrailSubject.CADENCE) else ())
        },
        reviews={
            row.row_id: (row.channel_id, local_date(row.planned_at, row.zone))
            for row in reviews.by_ids(session, _ids(entries, TrailSubject.REVIEW))
            if row.workspace_id == workspace_id
        },
        runs={row.row_id: row.counts for row in trail.runs(session, workspace_id, _ids(entries, TrailSubject.IMPORT))},
    )


def _ids(entries: Iterable[AuditFacts], subject: TrailSubject) -> set[int]:
    """The ids of what the entries about this subject are about."""
    return {int(entry.of) for entry in entries if entry.subject is subject}


def _texts_in(value: object) -> Iterator[str]:
    """Yield every text among the values, however deep: some are user ids."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)


def _people_of(change: AccountChange) -> Iterator[str]:
    """Yield the user ids in a change of an account: the author of a corrected entry, and the people of its profiles."""
    if change.corrected is not None:
        yield change.corrected.actor
    profiles = [change.before] if change.before else []
    if isinstance(change.event.change, Edited):
        profiles.append(change.event.change.profile)
    for profile in profiles:
        yield from filter(None, (profile.owner, profile.marketing_partner, profile.our_executive))


def _profiles_before(session: Session, edits: Sequence[EventFacts]) -> dict[int, Profile]:
    """Return the account's profile just before each of these edits, by the id of the edit."""
    if not edits:
        return {}
    histories: dict[int, list[EventFacts]] = defaultdict(list)
    kinds = ("nominated", "edited", "corrected")
    for row in events.of_accounts(session, {event.account_id for event in edits}, kinds):
        histories[row.account_id].append(event_facts(row))
    found = {}
    for edit in edits:
        for event in uncorrected(each for each in histories[edit.account_id] if each.id < edit.id):
            if isinstance(event.change, Nominated | Edited):
                found[edit.id] = event.change.profile
    return found


# The value of the button for older entries: where to go on, and what was asked for.

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# such as `1764840000000000 e 51 7 U0123ABC - 2026-12-31`: position of the last entry, then account, person and days;
# kind: `e` an event of an account, `a` an entry of the audit trail
VALUE = re.compile(
    r"(?P<instant>\d{1,18}) (?P<kind>[ae]) (?P<number>\d{1,18}) (?P<account>\d{1,18}) (?P<user>-|[UW][A-Z0-9]{2,20}) "
    r"(?P<first>-|\d{4}-\d\d-\d\d) (?P<last>-|\d{4}-\d\d-\d\d)",
    re.ASCII,
)


def _written_value(wanted: TrailFilter, position: TrailPosition) -> str:
    """Return the value of the button: the position of the last entry shown, then the filter, `0` and `-` for none."""
    microseconds = (position.at - EPOCH) // timedelta(microseconds=1)
    kind = "e" if position.is_event else "a"
    dates = " ".join(each.isoformat() if each else "-" for each in (wanted.first, wanted.last))
    return f"{microseconds} {kind} {position.id} {wanted.account_id or 0} {wanted.user_id or '-'} {dates}"


def _read_value(value: str) -> tuple[TrailFilter, TrailPosition] | None:
    """Return the filter and the position that a button's value holds, None for a value that no button carries."""
    match = VALUE.fullmatch(value)
    if match is None:
        return None
    try:
        at = EPOCH + timedelta(microseconds=int(match["instant"]))
        position = TrailPosition(at, match["kind"] == "e", int(match["number"]))
        first, last = (None if each == "-" else date.fromisoformat(each) for each in (match["first"], match["last"]))
    except (ValueError, OverflowError):
        return None
    user_id = "" if match["user"] == "-" else match["user"]
    return TrailFilter(int(match["account"]) or None, user_id, first, last), position


# Reads of the audit trail, page by page. Nothing here writes.

LINES_PER_PAGE = 12
"""Lines of one page: two screens of a phone."""


def trail_facts(
    session: Session,
    workspace_id: str,
    wanted: TrailFilter,
    *,
    reader: PersonFacts,
    now: datetime,
    after: TrailPosition | None = None,
) -> TrailFacts:
    """Return the entries asked for, newest first, those that follow `after` where it is given.

    An editor finds only what is about accounts. Raises Outdated for an account or a person that is not known.
    """
    if wanted.account_id is not None:
        get_account(session, workspace_id, wanted.account_id)
    if wanted.user_id and people.find(session, workspace_id, wanted.user_id) is None:
        raise Outdated("Cadence does not know that person, so nothing is noted of them.")
    is_narrow = not may(reader, Permission.ADMINISTER)
    zone = reader.time_zone
    stored = EntriesWanted(
        account_id=wanted.account_id,
        actor=wanted.user_id,
        since=_start_of(wanted.first, zone) if wanted.first else None,
        until=_start_of(wanted.last + timedelta(days=1), zone) if wanted.last else None,
        of_accounts=is_narrow,
    )
    # one more than a page, which shows whether there are older ones
    found: list[AuditEntry | Event] = [
        *trail.events(session, workspace_id, stored, after=after, limit=LINES_PER_PAGE + 1),
        *trail.entries(session, workspace_id, stored, after=after, limit=LINES_PER_PAGE + 1),
    ]
    found.sort(key=lambda row: astuple(_position_of(row)), reverse=True)
    shown = found[:LINES_PER_PAGE]
    changes = _event_lines(session, [row for row in shown if isinstance(row, Event)])
    lines_or_none = (_audit_line(session, row) if isinstance(row, AuditEntry) else changes[row.row_id] for row in shown)
    lines = tuple(line for line in lines_or_none if line is not None)
    admins = admin_ids(session, workspace_id) if is_narrow else ()
    return TrailFacts(
        lines=lines,
        named=_named_in(session, workspace_id, lines, wanted.account_id, {*admins, wanted.user_id}),
        wanted=replace(wanted, of_accounts=is_narrow),
        zone=zone,
        today=local_date(now, zone),
        more_value=_written_value(wanted, _position_of(shown[-1])) if len(found) > LINES_PER_PAGE else "",
        is_first=after is None,
        admins=admins,
    )


def older_facts(
    session: Session, workspace_id: str, value: str, *, reader: PersonFacts, now: datetime
) -> TrailFacts | None:
    """Return the page that the button for older entries asks for, None for a value that no button carries."""
    asked = _read_value(value)
    return trail_facts(session, workspace_id, asked[0], reader=reader, now=now, after=asked[1]) if asked else None


def _position_of(row: AuditEntry | Event) -> TrailPosition:
    return TrailPosition(row.recorded_at if isinstance(row, Event) else row.at, isinstance(row, Event), row.row_id)


def _start_of(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
