"""Who takes part in a review: asked to prepare it, waited for, away, and stood in for."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlmodel import Session

from agendas.facts.account import AccountState
from agendas.facts.people import Function
from agendas.facts.reviews import (
    AgendaFacts,
    Away,
    OnRoster,
    Participant,
    Participation,
    ParticipationFacts,
    Plan,
    Preparation,
    Reminding,
)
from agendas.rules.preparing import Presence, asked_about, asks_at, roster, waiting_for
from agendas.rules.reviews import is_reviewed
from agendas.text.dates import local_date
from agendas.verbs.loading import (
    A_DAY,
    account_state,
    askable_leads,
    away_facts,
    away_on,
    can_answer,
    names,
    people_at,
    signals_as_notes,
    with_asked,
)
from storage import accounts, people, privacy, reviews
from storage import preparing as stored_preparing
from storage.models.accounts import Account
from storage.models.reviews import Cadence, Review
from storage.models.types import JsonValue

# Who takes part in planned reviews, with as many statements however many people there are.

ASKED_FUNCTIONS = (Function.CUSTOMER_SUCCESS, Function.PRODUCT)
"""Functions that are asked about accounts that do not name them."""

FEW = 200
"""People for whom their accounts are looked for by name; for more all are read at once."""


def participants(
    session: Session,
    cadences: Sequence[Cadence],
    *,
    now: datetime,
    only: Collection[str] | None = None,
    at: Mapping[int, datetime] = MappingProxyType({}),
) -> dict[int, tuple[Participant, ...]]:
    """Return who takes part in the next review of each of these cadences of one workspace, by its id.

    With `only`, the answer is needed for these people alone, and accounts that do not concern them may be left out.
    `at` is the instant of the review, by cadence, where the cadence's next review is a later one by now.
    """
    if not cadences:
        return {}
    workspace_id = cadences[0].workspace_id
    leads = {key: user for key, user in askable_leads(session, workspace_id).items() if key in ASKED_FUNCTIONS}
    preparing = {row.row_id: preparation_of(row) for row in cadences}
    asked_anywhere = {*leads.values(), *(user for each in preparing.values() for user in each.optional)}
    owners = _named_by_accounts(session, workspace_id, only, asked_anywhere)
    states = [account_state(row) for row in stored_preparing.named_accounts(session, workspace_id, owners)]
    reviewed = {
        each.row_id: [state for state in states if is_reviewed(state, each.channel_id, each.scope)] for each in cadences
    }
    without_members = ParticipationFacts(frozenset(), leads)
    of_accounts = [account for found in reviewed.values() for account in found]
    named = {user for account in of_accounts for user, _ in asked_about(account, without_members)}
    named |= {user for each in preparing.values() for user in (*each.optional, *each.observing)}
    away = {row.row_id: _away(session, row, named, at.get(row.row_id, row.next_at), now=now) for row in cadences}
    stand_ins = {each.stand_in for found in away.values() for each in found.values() if each.stand_in}
    known = people.get_many(session, workspace_id, named | stand_ins)
    may_answer = frozenset(row.user_id for row in known if can_answer(row))
    members = _members(session, workspace_id, states, now)
    return {
        cadence_id: roster(
            of_cadence, preparing[cadence_id], ParticipationFacts(may_answer, leads, away[cadence_id], members)
        )
        for cadence_id, of_cadence in reviewed.items()
    }


def _named_by_accounts(
    session: Session, workspace_id: str, only: Collection[str] | None, asked_anywhere: Collection[str]
) -> Collection[str] | None:
    """The people whose own accounts are enough to read, None where every account must be read.

    People `asked_anywhere` may be asked about accounts that do not name them.
    """
    if only is None or len(only) > FEW or not set(only).isdisjoint(asked_anywhere):
        return None
    functions = {row.function for row in people.get_many(session, workspace_id, only)}
    return only if functions.isdisjoint(ASKED_FUNCTIONS) else None


def _away(
    session: Session, row: Cadence, user_ids: Collection[str], at: datetime | None, *, now: datetime
) -> Mapping[str, Away]:
    """Those who are away on the day of the review, or from now until the day before it."""
    if at is None or not user_ids:
        return {}
    meets_on, today = local_date(at, row.zone), local_date(now, row.zone)
    found = dict(away_on(session, row.workspace_id, user_ids, meets_on))
    if today >= meets_on:
        return found
    until_then = away_on(session, row.workspace_id, user_ids, today)
    return {user: each for user, each in until_then.items() if each.covers(meets_on - timedelta(days=1))} | found


def _members(
    session: Session, workspace_id: str, states: Iterable[AccountState], now: datetime
) -> dict[str, frozenset[str]]:
    """Those who may see the accounts of each channel that some are private to; none where Slack did not say lately."""
    channels = {each.private_channel for each in states if each.private_channel}
    if not channels:
        return {}
    return privacy.known_members(session, workspace_id, channels, known_since=now - privacy.MEMBERS_KNOWN_FOR)


# The roster of a review: kept when it opens, and read with who is away now.


def roster_at_opening(
    session: Session, cadence: Cadence, planned_on: date, *, at: datetime, now: datetime
) -> JsonValue:
    """Return who was asked to prepare the review held `at`, and who of its people was away, as a review stores them.

    Each is [user id, part, user id stood in for or ''], somebody away with their last day as ISO date at the end.
    Empty if nobody was asked.
    """
    asked = stored_preparing.of_occurrence(session, cadence.row_id, planned_on)
    if not asked:
        return []
    found = participants(session, [cadence], now=now, at={cadence.row_id: at})[cadence.row_id]
    away = {each.user_id for each in found if each.away is not None}
    return [
        *([row.user_id, row.part, row.for_user_id] for row in asked if row.user_id not in away),
        *(
            [each.user_id, each.part.value, "", each.away.until_on.isoformat()]
            for each in found
            if each.away is not None
        ),
    ]


def with_waited_for(
    session: Session, review: Review, found: Mapping[int, AgendaFacts], now: datetime
) -> dict[int, AgendaFacts]:
    """Return the facts of accounts of a review, with whose updates are missing at `now` and who is away then."""
    roster = tuple(
        OnRoster(user_id, Participation(part), for_user_id, date.fromisoformat(until[0]) if until else None)
        for user_id, part, for_user_id, *until in review.roster or ()
    )
    profiles = [each.account.profile for each in found.values()]
    named = {user for each in profiles for user in (each.owner, each.marketing_partner, each.our_executive) if user}
    named |= {each.user_id for each in roster}
    today = local_date(now, review.zone)
    away = away_on(session, review.workspace_id, named, today) if named else {}
    deactivated = people.deactivated(session, review.workspace_id, {each.user_id for each in roster}) if roster else ()
    presence = Presence(roster, {user: each.until_on for user, each in away.items() if user in named}, deactivated)
    # signals noted by people answer for a marketing partner
    noted = dict(found)
    partnered = [account_id for account_id, facts in found.items() if facts.account.profile.marketing_partner]
    for signal in signals_as_notes(session, partnered, now):
        facts = noted[signal.account_id]
        noted[signal.account_id] = replace(facts, events=(*facts.events, signal))
    answered = _with_answers(session, review, noted, now)
    waiting = {account_id: waiting_for(facts, presence) for account_id, facts in answered.items()}
    return {
        account_id: replace(facts, missing_updates_from=waiting[account_id].people, away=waiting[account_id].away)
        for account_id, facts in found.items()
    }


def _with_answers(
    session: Session, review: Review, facts_by_id: Mapping[int, AgendaFacts], now: datetime
) -> dict[int, AgendaFacts]:
    """Return the facts with the entries that answer for the people asked to prepare it; unchanged if nobody was."""
    cadence = reviews.cadence(session, review.cadence_id) if review.cadence_id else None
    asked_at = stored_preparing.first_asked_at(session, cadence.row_id, review.planned_on) if cadence else None
    if cadence is None or asked_at is None:
        return dict(facts_by_id)
    known = [event for facts in facts_by_id.values() for event in facts.events]
    answers = with_asked(session, sorted(facts_by_id), known, asked_at, now=now)
    return {
        each: replace(facts, events=tuple(answers.of(each, asked_at, cadence.created_at)))
        for each, facts in facts_by_id.items()
    }


# How the reviews of a stored cadence are prepared.

MOST_MINUTES = 7 * 24 * 60
"""Longest lead of a cadence."""


def preparation_of(row: Cadence) -> Preparation:
    parts: Mapping[str, list[str]] = row.parts or {}
    optional, observing = (tuple(parts.get(part, ())) for part in (Participation.OPTIONAL, Participation.OBSERVING))
    return Preparation(row.prep_minutes, row.cutoff_minutes, Reminding(row.profile), optional, observing)


def cutoff_of(row: Cadence) -> datetime | None:
    """Return the instant until which updates are on the agenda of the next review, None without one."""
    return row.next_at - timedelta(minutes=row.cutoff_minutes) if row.next_at else None


def asks_at_of(row: Cadence, plan: Plan) -> datetime | None:
    """Return the instant at which people are asked to prepare the next review, None where nobody is."""
    if row.next_at is None or row.prep_minutes <= 0:
        return None
    return asks_at(plan, row.next_at, timedelta(minutes=min(row.prep_minutes, MOST_MINUTES)))


def asked_about_next_at(session: Session, review: Review) -> datetime | None:
    """Return when people were first asked about the review that follows this closed one, None where nobody was.

    Entries recorded from then on count for that review, and are no late updates of this one.
    """
    return stored_preparing.next_asked_at(session, review.cadence_id, review.planned_on) if review.cadence_id else None


# The people for whom a person stands in, and the accounts that they look after meanwhile.


def covering_for(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> tuple[Away, ...]:
    """Return the days away of people whom the person stands in for now, judged by each one's local day.

    Nobody stands in while they are away themselves, deactivated, or may not record.
    """
    today = local_date(now, zone)
    rows = stored_preparing.stood_in_for(session, workspace_id, user_id, first=today - A_DAY, last=today + A_DAY)
    if not rows:
        return ()
    absent = people_at(session, people.get_many(session, workspace_id, {row.user_id for row in rows}), now)
    # of a person's ranges, the one that counts now: it ends when they are back
    until = {each.user_id: each.away_until for each in absent if each.stand_in == user_id and not each.is_deleted}
    return tuple(away_facts(row) for row in rows if row.until_on == until.get(row.user_id))


def acts_for(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> tuple[str, ...]:
    """Return the user ids of the person and of the people they stand in for now."""
    away = covering_for(session, workspace_id, user_id, now=now, zone=zone)
    return (user_id, *dict.fromkeys(each.user_id for each in away))


def own_days_on(session: Session, workspace_id: str, user_id: str, on: date) -> tuple[Away, ...]:
    """Return the person's days away that include this day."""
    return tuple(map(away_facts, stored_preparing.between(session, workspace_id, on, on, user_ids=(user_id,))))


def accounts_of(
    session: Session, workspace_id: str, user_ids: Iterable[str], *, or_executive: bool = False, most: int | None = None
) -> list[Account]:
    """Return the listed accounts that these people own or partner, each once, in the order of the people.

    With `or_executive` also those whose executive they are; `most` limits the accounts of each person.
    """
    found: dict[int, Account] = {}
    for user_id in user_ids:
        for row in accounts.of_person(session, workspace_id, user_id, or_executive=or_executive, most=most):
            found.setdefault(row.row_id, row)
    return list(found.values())


# Names instead of ids, in texts that Slack shows as they are: notifications, labels, cells, the fields of forms.

_PERSON = re.compile(r"(?:<|&lt;)@([UW][A-Z0-9]{2,20})(?:\|(?:(?!&gt;)[^<>])*)?(?:>|&gt;)|@?\b([UW][A-Z0-9]{7,20})\b")
"""A person, marked, escaped or bare: `<@U0123ABC>`, `<@U0123ABC|ann>`, `&lt;@U0123ABC&gt;`, `@U0123ABC`, `U0123ABC`."""

_CHANNEL = re.compile(
    r"(?:<|&lt;)#([CG][A-Z0-9]{2,20})(?:\|((?:(?!&gt;)[^<>])*))?(?:>|&gt;)|#(?=[A-Z]*\d)([CG][A-Z0-9]{4,20})\b"
)
"""A channel, marked, escaped or bare: `<#C0123ABC>`, `<#C0123ABC|sales>`, `&lt;#C0123ABC&gt;`, `#C0123ABC`."""


def has_id(text: str) -> bool:
    """Return true when the text holds what may be the id of a person or channel."""
    return _PERSON.search(text) is not None or _CHANNEL.search(text) is not None


def plain_names(session: Session, workspace_id: str, texts: Collection[str], *, in_channel: str = "") -> dict[str, str]:
    """Each text, by itself, with its mentions as `@name` and `#channel`, for where Slack shows no mentions."""
    ids = {marked or bare for text in texts for marked, bare in _PERSON.findall(text)}
    known = names(session, workspace_id, ids)

    def with_name(found: re.Match[str]) -> str:
        user_id = found[1] or found[2]
        # an unknown id in Slack's mark-up is some person; without mark-up it may be a word that only looks like an id
        return f"@{known[user_id]}" if user_id in known else "somebody" if found[1] else found[0]

    return {
        text: with_channel_names(session, workspace_id, _PERSON.sub(with_name, text), in_channel=in_channel)
        for text in texts
    }


def with_channel_names(session: Session, workspace_id: str, text: str, *, in_channel: str = "") -> str:
    """The text with channels as `#name`; a private one only `in_channel` itself: readers elsewhere may not be in it."""

    def named(found: re.Match[str]) -> str:
        channel = people.find_channel(session, workspace_id, found[1] or found[3])
        if channel is not None and channel.is_private and channel.channel_id != in_channel:
            return "a channel"
        # an unknown channel keeps the name that the text gives it
        name = (channel.name if channel is not None else "") or found[2]
        return f"#{name}" if name else "a channel"

    return _CHANNEL.sub(named, text)
