"""Reasons to intervene, and momentum, that an account's buying group gives."""

from collections.abc import Iterable, Iterator
from datetime import date

from agendas.facts.account import EventFacts, Stage
from agendas.facts.evidence import BuyerAct, EvidenceActor
from agendas.facts.group import BuyingRole, Contact, RoleStatus, Support
from agendas.facts.reviews.agenda import AgendaFacts, CodedReason, ReasonCode
from agendas.rules.group.coverage import active_people, holders, is_engaged, is_from_middle, required_roles
from agendas.text.days import local_date

DECIDING = (BuyingRole.ECONOMIC_BUYER, BuyingRole.CHAMPION)
"""The roles whose loss or opposition is a reason to step in."""

MET = (BuyingRole.ECONOMIC_BUYER, BuyingRole.EXECUTIVE_SPONSOR)
"""The roles a meeting with whom is momentum."""

AGAINST = (Support.NON_SUPPORTER, Support.ENEMY)

LEFT = {
    BuyingRole.ECONOMIC_BUYER: ReasonCode.ECONOMIC_BUYER_LEFT,
    BuyingRole.CHAMPION: ReasonCode.CHAMPION_LEFT,
}
OPPOSED = {
    BuyingRole.ECONOMIC_BUYER: ReasonCode.ECONOMIC_BUYER_AGAINST,
    BuyingRole.CHAMPION: ReasonCode.CHAMPION_AGAINST,
}


def needs_everybody(stage: Stage) -> bool:
    """Return true if all people of an account at this stage are needed to place it.

    At the others it is placed by those who left, are against us or did something last alone.
    """
    return stage.rank >= Stage.OPPORTUNITY.rank


def departure_reasons(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """Return a hard reason for each deciding role whose holder left since the last held review, with the days since."""
    today = local_date(facts.now, facts.zone)
    gone = departures(facts)
    return tuple(
        (LEFT[role], max(0, min((today - on).days for on in days)), 0)
        for role in DECIDING
        if (days := [each.profile.left_on for held, each in gone if held is role and each.profile.left_on])
    )


def departures(facts: AgendaFacts) -> tuple[tuple[BuyingRole, Contact], ...]:
    """Return the people who left a deciding role since the last held review, with that role."""
    gone = [each for each in facts.account.contacts if _left_since(each, facts)]
    return tuple((role, each) for role in DECIDING for each in gone if role in each.profile.roles)


def weaknesses(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """Return the soft reasons.

    single_threaded (people active, days looked at) and no_economic_buyer count from an opportunity's middle phase on.
    Of economic_buyer_against and champion_against (number of people) at most one is given.
    """
    return (*_from_middle(facts), *_against(facts))


def newly_engaged(facts: AgendaFacts) -> tuple[BuyingRole, ...]:
    """The required roles that are engaged now, by something done since the last held review, and were not then."""
    before, since = facts.before, facts.since
    if before is None or since is None:
        return ()
    last_on = local_date(since, facts.zone)
    heard_of = [each for each in facts.account.contacts if (each.last_touch_on or date.min) >= last_on]
    roles = {role for each in heard_of if each.status is RoleStatus.CONFIRMED for role in each.profile.roles}
    if not roles:
        return ()
    today, settings = local_date(facts.now, facts.zone), facts.settings
    return tuple(
        role
        for role in required_roles(facts.account, settings)
        if role in roles
        and is_engaged(facts.account, role, settings, today=today)
        and not is_engaged(before, role, settings, today=last_on)
    )


def deciders_met(facts: AgendaFacts, events: Iterable[EventFacts]) -> tuple[Contact, ...]:
    """The economic buyers and executive sponsors with whom a meeting was held since the last held review.

    Only evidence shows it, among the standing `events` recorded since: a meeting, by the buyer, with a person who is
    confirmed in one of the roles.
    """
    since = facts.since
    if since is None:
        return ()
    met = {
        number
        for event in events
        for each in event.evidence
        for number in each.contact_ids
        if each.actor is EvidenceActor.BUYER and each.act is BuyerAct.MEETING and since < each.dated_at <= facts.now
    }
    people = (each for role in MET for each in holders(facts.account, role) if each.id in met)
    return tuple(dict.fromkeys(people))


def _left_since(contact: Contact, facts: AgendaFacts) -> bool:
    """Return true if the person left after the last held review knew them to be there, else after they were added."""
    left_on = contact.profile.left_on
    if left_on is None:
        return False
    known = next((each for each in facts.before.contacts if each.id == contact.id), None) if facts.before else None
    if known is not None:
        return known.profile.left_on is None
    return left_on >= local_date(facts.since or contact.added_at, facts.zone)


def _from_middle(facts: AgendaFacts) -> Iterator[CodedReason]:
    if not is_from_middle(facts.account):
        return
    active = active_people(facts.account.contacts, facts.settings, today=local_date(facts.now, facts.zone))
    if len(active) <= 1:
        yield (ReasonCode.SINGLE_THREADED, len(active), facts.settings.number("group.thread"))
    if not holders(facts.account, BuyingRole.ECONOMIC_BUYER):
        yield (ReasonCode.NO_ECONOMIC_BUYER, 0, 0)


def _against(facts: AgendaFacts) -> Iterator[CodedReason]:
    opponents = {
        role: [each for each in holders(facts.account, role) if each.profile.support in AGAINST] for role in DECIDING
    }
    role = next((role for role in DECIDING if opponents[role]), None)
    if role is not None:
        yield (OPPOSED[role], len(opponents[role]), 0)
