"""People of a buying group by a name that somebody wrote, and who of them acted by an entry of the history."""

from collections.abc import Sequence

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.evidence import EvidenceActor
from agendas.facts.group import Contact
from agendas.facts.interventions.events import ExecutiveMet
from agendas.rules.history.undecided import told_with
from agendas.text.account_names import normal_key
from agendas.text.who_acted import PeopleActing, Sides, name_words, read_people


def contact_named(written: str, contacts: Sequence[Contact]) -> Contact | None:
    """Return the person of that name, which a title may follow after a comma; None where nobody is, or several are.

    Part of a name is enough where it is of one person alone.
    """
    name = written.partition(",")[0]
    if whole := [each for each in contacts if normal_key(each.profile.name) == normal_key(name)]:
        return whole[0] if len(whole) == 1 else None
    words = set(map(normal_key, name.split())) - {""}
    found = [each for each in contacts if words and words <= set(map(normal_key, each.profile.name.split()))]
    return found[0] if len(found) == 1 else None


def buyer_sides(account: AccountState) -> Sides:
    """The names and the domain by which the buyer is known."""
    named = (account.name, *account.profile.aliases, *(each.profile.name for each in account.contacts))
    return Sides(
        buyer_names=frozenset(word for name in named for word in name_words(name)),
        buyer_domains=frozenset({account.profile.domain} - {""}),
        people=account.contacts,
    )


def is_of_the_buyer(event: EventFacts) -> bool:
    """Return true for an entry whose evidence shows what the buyer did."""
    return any(piece.actor is EvidenceActor.BUYER for piece in event.evidence)


def credited_by(event: EventFacts) -> tuple[int, ...]:
    """The ids of the people whom the buyer's act in the entry's evidence is credited to."""
    of_them = (piece.contact_ids for piece in event.evidence if piece.actor is EvidenceActor.BUYER)
    return tuple(dict.fromkeys(number for ids in of_them for number in ids))


def acting_in(event: EventFacts, sides: Sides) -> PeopleActing:
    """Who acted by the words of an entry; by a meeting, the one of theirs who was met."""
    if isinstance(event.change, ExecutiveMet):
        met = contact_named(event.change.theirs, sides.people)
        return PeopleActing(credited=(met,) if met else ())
    return read_people(told_with(event), sides)
