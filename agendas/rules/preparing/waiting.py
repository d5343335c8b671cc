"""People whose word is still waited for in a review that is open, and those who are away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.preparing import OnRoster, Part, Question
from agendas.rules.preparing.answered import answer_of


@dataclass(frozen=True, slots=True)
class WhoIsThere:
    """Everybody on the roster of a review, with those who are away now until a day, and those who left Slack."""

    roster: Sequence[OnRoster]
    away: Mapping[str, date]
    gone: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """The people waited for at one account, and those of its people who are away, each until a day."""

    people: tuple[str, ...] = ()
    away: tuple[tuple[str, date], ...] = ()


def waiting_for(facts: AgendaFacts, there: WhoIsThere) -> Waiting:
    """Return whose word on the account is waited for: of the mandatory people of a roster those who said nothing.

    Without a roster nobody was asked, and its owner is waited for. Who is away is never waited for, but whoever stands
    in for them is. Nobody waits for optional people.
    """
    if not there.roster:
        return _without_roster(facts, there)
    owner, partner = facts.account.profile.owner, facts.account.profile.marketing_partner
    roles = {owner: Question.MOVED, facts.account.profile.our_executive: Question.MOVED}
    roles |= {partner: Question.BUYER} if partner not in roles else {}
    asked = {user: question for user, question in roles.items() if user and user not in there.gone}
    people: dict[str, None] = {}
    away: dict[str, date] = {}
    movers = {each for user, question in asked.items() if question is Question.MOVED for each in _voices(user, there)}
    for user, question in asked.items():
        if answer_of(question, facts.events, by=_voices(user, there), movers=movers) is not None:
            continue
        if (until := _away_until(user, there)) is not None:
            away[user] = until
            people |= dict.fromkeys(each.user_id for each in _standing_in(user, there) if each.part is Part.MANDATORY)
        elif any(each.user_id == user and each.part is Part.MANDATORY for each in _own(there)):
            people[user] = None
    return Waiting(tuple(each for each in people if each not in there.gone), tuple(away.items()))


def _without_roster(facts: AgendaFacts, there: WhoIsThere) -> Waiting:
    silent = facts.missing_updates_from
    return Waiting(
        tuple(each for each in silent if each not in there.away),
        tuple((each, there.away[each]) for each in silent if each in there.away),
    )


def _own(there: WhoIsThere) -> list[OnRoster]:
    return [each for each in there.roster if not each.for_user_id]


def _standing_in(user_id: str, there: WhoIsThere) -> list[OnRoster]:
    found = (each for each in there.roster if each.for_user_id == user_id)
    return [each for each in found if each.user_id not in there.away]


def _voices(user_id: str, there: WhoIsThere) -> set[str]:
    """The person, and whoever stands in for them."""
    return {user_id, *(each.user_id for each in there.roster if each.for_user_id == user_id)}


def _away_until(user_id: str, there: WhoIsThere) -> date | None:
    """The last day on which the person is away: now, or as it was when the review was opened and their part taken."""
    if user_id in there.away:
        return there.away[user_id]
    was = next((each.away_until for each in _own(there) if each.user_id == user_id), None)
    return was if any(each.for_user_id == user_id for each in there.roster) else None
