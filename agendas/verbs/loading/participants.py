"""Load who takes part in planned reviews, with as many statements however many people there are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from agendas.facts.account import Stage
from agendas.facts.people import Function
from agendas.facts.reviews.preparing import (
    Asking,
    Away,
    Participant,
    PeopleOfAccount,
)
from agendas.rules.preparing.roster import asked_about, roster
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import away_on
from agendas.verbs.loading.leads import askable_leads
from agendas.verbs.loading.preparation import preparation_of
from agendas.verbs.loading.rows import can_answer
from storage import people
from storage.preparing import asked_people
from storage.preparing.asked_people import AccountPeople
from storage.privacy import channel_members
from storage.tables import Cadence

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

    `only` are the people that matter: others of accounts that do not name them may be left out. `at` is when a review
    is held of a cadence whose next one is another by now.
    """
    if not cadences:
        return {}
    workspace_id = cadences[0].workspace_id
    leads = {key: user for key, user in askable_leads(session, workspace_id).items() if key in ASKED_FUNCTIONS}
    preparing = {row.row_id: preparation_of(row) for row in cadences}
    of_all = {*leads.values(), *(user for each in preparing.values() for user in each.optional)}
    narrowed = _named_by_accounts(session, workspace_id, only, of_all)
    rows = asked_people.named_accounts(session, workspace_id, narrowed)
    reviewed = {each.row_id: [_people_of(row) for row in rows if is_reviewed(row, each)] for each in cadences}
    nobody = Asking(frozenset(), leads)
    named = {user for found in reviewed.values() for each in found for user, _ in asked_about(each, nobody)}
    named |= {user for each in preparing.values() for user in (*each.optional, *each.observing)}
    away = {row.row_id: _away(session, row, named, at.get(row.row_id, row.next_at), now=now) for row in cadences}
    standing_in = {each.stand_in for found in away.values() for each in found.values() if each.stand_in}
    known = people.get_many(session, workspace_id, named | standing_in)
    may_answer = frozenset(row.user_id for row in known if can_answer(row))
    members = _members(session, workspace_id, rows, now)
    return {
        number: roster(reviewed[number], preparing[number], Asking(may_answer, leads, away[number], members))
        for number in reviewed
    }


def is_reviewed(row: AccountPeople, cadence: Cadence) -> bool:
    """Return true for a named account that the cadence reviews; one private to another channel it does not."""
    if row.private_channel not in ("", cadence.channel_id):
        return False
    scope: dict[str, Any] = cadence.scope
    values = {"tiers": row.tier, "owners": row.owner, "segments": row.segment, "account_ids": row.id}
    return all(not scope.get(name) or value in scope[name] for name, value in values.items())


def _people_of(row: AccountPeople) -> PeopleOfAccount:
    scores: Iterable[Mapping[str, str]] = row.fit or ()
    latest = sorted(scores, key=lambda score: score["scored_at"])
    return PeopleOfAccount(
        account_id=row.id,
        tier=row.tier,
        stage=Stage(row.stage),
        owner=row.owner,
        marketing_partner=row.marketing_partner,
        our_executive=row.our_executive,
        scored_by={score["function"]: score["scored_by"] for score in latest if score["function"] in ASKED_FUNCTIONS},
        private_to=row.private_channel,
    )


def _named_by_accounts(
    session: Session, workspace_id: str, only: Collection[str] | None, of_all: Collection[str]
) -> Collection[str] | None:
    """The people of whom the accounts that name them are enough, None where every account must be looked at.

    `of_all` are those who may be asked about accounts that do not name them.
    """
    if only is None or len(only) > FEW or not set(only).isdisjoint(of_all):
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
    session: Session, workspace_id: str, rows: Iterable[AccountPeople], now: datetime
) -> dict[str, frozenset[str]]:
    """Those who may see the accounts of each channel that some are private to; none where Slack did not say lately."""
    channels = {row.private_channel for row in rows if row.private_channel}
    if not channels:
        return {}
    return channel_members.known_members(
        session, workspace_id, channels, known_since=now - channel_members.MEMBERS_KNOWN_FOR
    )
