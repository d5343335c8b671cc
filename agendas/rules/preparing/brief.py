"""Rules of a facilitator's brief: what changed, what was promised and not done, and where a decision matters most."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from agendas.facts.account import Movement
from agendas.facts.program.settings import TIERS
from agendas.facts.reviews.agenda import ItemPart, MovementFlag
from agendas.facts.reviews.brief import Change, Promise
from agendas.facts.reviews.question import Question, QuestionCode
from agendas.facts.reviews.review import AgendaItem, Bucket
from agendas.rules.history.news import is_updated
from agendas.rules.reviews.question.priority import question_of

MOST_THAT_MATTER = 3
"""Accounts named for their decision."""

MOVED = {
    Movement.REGRESSED: Change.REGRESSED,
    Movement.ADVANCED: Change.ADVANCED,
    Movement.ADVANCED_UNVERIFIED: Change.CLAIMED,
    Movement.NEW: Change.NEW,
}


def changes(items: Iterable[AgendaItem]) -> Mapping[Change, tuple[str, ...]]:
    """Return the names of the accounts that changed since their last held review, by kind; each once.

    An account that stalls counts as a change where it did not at that review.
    """
    found: dict[Change, list[str]] = defaultdict(list)
    for item in items:
        kind = _change(item)
        if kind is not None:
            found[kind].append(item.facts.account.name)
    return {kind: tuple(found[kind]) for kind in Change if kind in found}


def promised(items: Iterable[AgendaItem], today: date) -> tuple[Promise, ...]:
    """Return the open actions and asks whose day has passed, the latest first."""
    found = []
    for item in items:
        account = item.facts.account
        # an ask has an action of its own where somebody took it: the action is told
        taken = {each.text for each in account.open_actions}
        due: list[tuple[str, str | None, date | None]] = [
            (each.text, each.owner, each.due_on) for each in account.open_actions
        ]
        due += [(each.text, each.ask_of, each.due_on) for each in account.open_asks if each.text not in taken]
        found += [
            Promise(account.name, text, who or "", (today - on).days) for text, who, on in due if on and on < today
        ]
    return tuple(sorted(found, key=lambda each: (-each.days_late, each.account_name.casefold(), each.text)))


def silent_owners(items: Iterable[AgendaItem]) -> Sequence[tuple[str, int]]:
    """Return the owners of accounts to discuss of which nobody recorded anything since the last review; most first."""
    found = Counter(
        item.facts.account.profile.owner
        for item in items
        if item.part is ItemPart.DISCUSSED and not item.facts.owner_is_deactivated and not is_updated(item.facts)
    )
    return [(owner, count) for owner, count in found.most_common() if owner]


def matter_most(items: Iterable[AgendaItem]) -> tuple[tuple[AgendaItem, Question], ...]:
    """Return the accounts where a decision matters most, at most three, each with its one question.

    Those in need of intervention come first, then those with an ask overdue, for longest first, then those left out
    most often, then by tier and the order of need. Steady accounts and those without a question need none.
    """
    wanted = [
        (item, question)
        for item in items
        if item.part is not ItemPart.LISTED and (question := question_of(item.facts, item.placement)) is not None
    ]
    return tuple(sorted(wanted, key=_weight)[:MOST_THAT_MATTER])


def _change(item: AgendaItem) -> Change | None:
    moved = item.placement.movement
    if moved.movement is Movement.REGRESSED:
        return Change.REGRESSED
    if item.placement.stall.is_stalled and not item.facts.aged_before:
        return Change.STALLED
    if MovementFlag.EXPANDED in moved.flags:
        return Change.EXPANDED
    return MOVED.get(moved.movement)


def _weight(pair: tuple[AgendaItem, Question]) -> tuple[bool, int, int, int, int]:
    item, question = pair
    late_days = question.number if question.code is QuestionCode.ASK_OVERDUE else 0
    needs = item.placement.bucket is Bucket.NEEDS_INTERVENTION
    return not needs, -late_days, -item.times_left_out, item.facts.account.tier or TIERS[-1], item.position
