"""Lines of the audit trail from its rows, and the names of those that they tell of."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected, Edited, Nominated, Profile
from agendas.facts.program.trail import AccountChange, AuditFacts, Named, TrailLine, TrailSubject
from agendas.rules.history.corrections import standing
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import names
from agendas.verbs.loading.rows import event_facts
from storage import accounts, events, reviews
from storage.audit import trail
from storage.tables import AuditEntry, Event, ImportRun

USER_ID = re.compile(r"[UW][A-Z0-9]{2,20}")


def audit_line(row: AuditEntry) -> TrailLine:
    """Return the line of a stored entry; a subject that this version does not know is None."""
    word, _, of = row.subject.partition(":")
    subject = TrailSubject(word) if word in set(TrailSubject) else None
    told = AuditFacts(subject, of, _values(row.before), _values(row.after), row.account_id)
    return TrailLine(row.at, row.actor, told)


def event_lines(session: Session, rows: Sequence[Event]) -> dict[int, TrailLine]:
    """Return the lines of these events by their ids, with the profile before each edit and what a correction is of."""
    told = [event_facts(row) for row in rows]
    before = _profiles_before(session, [event for event in told if isinstance(event.change, Edited)])
    taken_back = [event.change.event_id for event in told if isinstance(event.change, Corrected)]
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
        for event in told
    }


def named_in(
    session: Session,
    workspace_id: str,
    lines: Collection[TrailLine],
    *,
    account_id: int | None,
    user_ids: Collection[str],
) -> Named:
    """Return the names of everybody and everything that the lines tell of, and of this account and these people."""
    entries = [line.told for line in lines if isinstance(line.told, AuditFacts)]
    changes = [line.told for line in lines if isinstance(line.told, AccountChange)]
    people = {line.actor for line in lines} | set(user_ids)
    people |= {each for entry in entries for each in _people_in((entry.of, entry.before, entry.after))}
    people |= {each for change in changes for each in _people_of(change)}
    ids = {entry.account_id for entry in entries} | {change.event.account_id for change in changes}
    found = accounts.get_many(session, workspace_id, {each for each in (*ids, account_id) if each is not None})
    return Named(
        people=names(session, workspace_id, {each for each in people if USER_ID.fullmatch(each)}),
        accounts={row.row_id: row.name for row in found},
        channels=_channels(session, workspace_id, _ids(entries, TrailSubject.CADENCE)),
        reviews={
            row.row_id: (row.channel_id, local_date(row.planned_at, row.zone))
            for row in reviews.by_ids(session, _ids(entries, TrailSubject.REVIEW))
            if row.workspace_id == workspace_id
        },
        runs={row.row_id: _counts(row.counts) for row in _runs(session, workspace_id, entries)},
    )


def _runs(session: Session, workspace_id: str, entries: Iterable[AuditFacts]) -> list[ImportRun]:
    return trail.runs(session, workspace_id, _ids(entries, TrailSubject.IMPORT))


def _channels(session: Session, workspace_id: str, cadence_ids: Collection[int]) -> dict[int, str]:
    found = reviews.cadences(session, workspace_id) if cadence_ids else ()
    return {row.row_id: row.channel_id for row in found}


def _counts(stored: object) -> dict[str, int]:
    counts = stored if isinstance(stored, dict) else {}
    return {str(key): value for key, value in counts.items() if isinstance(value, int)}


def _ids(entries: Iterable[AuditFacts], subject: TrailSubject) -> set[int]:
    return {int(entry.of) for entry in entries if entry.subject is subject and entry.of.isdecimal()}


def _values(stored: object) -> Mapping[str, object]:
    return stored if isinstance(stored, dict) else {}


def _people_in(value: object) -> Iterator[str]:
    """Yield every user id among the values, however deep."""
    if isinstance(value, str):
        if USER_ID.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        yield from _people_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _people_in(each)


def _people_of(change: AccountChange) -> Iterator[str]:
    if change.corrected is not None:
        yield change.corrected.actor
    profiles = [change.before] if change.before else []
    if isinstance(change.event.change, Edited):
        profiles.append(change.event.change.profile)
    for profile in profiles:
        yield from filter(None, (profile.owner, profile.marketing_partner, profile.our_executive))


def _profiles_before(session: Session, edits: Sequence[EventFacts]) -> dict[int, Profile]:
    """Return the profile that stood before each of these edits, by the id of the edit."""
    if not edits:
        return {}
    histories: dict[int, list[EventFacts]] = defaultdict(list)
    kinds = ("nominated", "edited", "corrected")
    for row in events.of_accounts(session, {event.account_id for event in edits}, kinds):
        histories[row.account_id].append(event_facts(row))
    found = {}
    for edit in edits:
        profile = _profile_at(histories[edit.account_id], edit.id)
        if profile is not None:
            found[edit.id] = profile
    return found


def _profile_at(history: Sequence[EventFacts], before_id: int) -> Profile | None:
    """Return the profile that the entries below this id leave standing."""
    standing_then = standing(event for event in history if event.id < before_id)
    profiles = [each.change.profile for each in standing_then if isinstance(each.change, Nominated | Edited)]
    return profiles[-1] if profiles else None
