"""The question of an account's agenda: rules by which it is asked, most pressing first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from agendas.facts.account import Stage
from agendas.facts.deals import Opportunity
from agendas.facts.events import NothingMoved
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Part
from agendas.facts.plays import PlayEnd
from agendas.facts.reviews import (
    AgendaFacts,
    AgendaItem,
    Bucket,
    ItemPart,
    Placement,
    QuestionCode,
    QuestionToDecide,
    ReasonCode,
    StallKind,
)
from agendas.rules.account_list import missing_parts, pending
from agendas.rules.deals import furthest_deal, proposed_stage
from agendas.rules.group import holders
from agendas.rules.history import by_people
from agendas.rules.plays import running
from agendas.rules.reviews import INTERVENTION_TIERS, hard_and_soft
from agendas.text.dates import days_between, local_date

# An account before its question is chosen: its facts, its place, and every reason that holds for it.


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of a question that holds, and the text that people wrote of the subject it names."""

    number: int = 0
    limit: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """The account; `reasons` are all that hold, also a single soft one, with number and limit."""

    facts: AgendaFacts
    placement: Placement
    reasons: Mapping[ReasonCode, Found]
    today: date


# Questions that an account's owner, asks, actions, plays, stage and place on the list give.

OFTEN_SLIPPED = 2
"""Slips of a promise that make it one to be asked about: it was given three times. Our own default."""


def ask_overdue(case: Case) -> Found | None:
    """The ask due first, once its day has passed: the days since."""
    asks = case.facts.account.open_asks
    late_days = (case.today - asks[0].due_on).days if asks and asks[0].due_on else 0
    return Found(late_days, about=asks[0].text) if late_days > 0 else None


def ask_open(case: Case) -> Found | None:
    """The ask due first: the days since it was decided."""
    asks, facts = case.facts.account.open_asks, case.facts
    return Found(days_between(asks[0].decided_at, facts.now, facts.zone), about=asks[0].text) if asks else None


def no_owner(case: Case) -> Found | None:
    """An account that belongs to nobody."""
    profile = case.facts.account.profile
    return None if profile.owner or profile.owner_name else Found()


def owner_gone(case: Case) -> Found | None:
    """An owner whom Slack deactivated."""
    return Found() if case.facts.owner_is_deactivated and case.facts.account.profile.owner else None


def play_without_outcome(case: Case) -> Found | None:
    """The play that ended last since the last held review, without its outcome, where no other runs."""
    facts = case.facts
    ended = [(each.ended_at, each) for each in facts.account.plays if each.end is PlayEnd.NONE and each.ended_at]
    since = [pair for pair in ended if facts.since is None or pair[0] > facts.since]
    if not since or running(facts.account, case.today):
        return None
    at, run = max(since, key=lambda pair: (pair[0], pair[1].id))
    return Found(days_between(at, facts.now, facts.zone), about=run.name)


def play_overdue(case: Case) -> Found | None:
    """The running play whose outcome is due first, once its day has passed."""
    late = [each for each in running(case.facts.account, case.today) if each.days_overdue]
    return Found(late[0].days_overdue, about=late[0].run.name) if late else None


def stalled_untried(case: Case) -> Found | None:
    """An account stalled at the last review and still, of which nobody recorded more since than that nothing moved."""
    is_tried = any(not isinstance(event.change, NothingMoved) for event in by_people(case.facts.events))
    return None if is_tried else case.reasons.get(ReasonCode.STALLED_TWICE)


def slipped_often(case: Case) -> Found | None:
    """The open action that slipped most: the times that it was promised."""
    slips, action = max(
        ((each.slips, each) for each in case.facts.account.open_actions), key=lambda pair: pair[0], default=(0, None)
    )
    return Found(slips + 1, about=action.text) if action is not None and slips >= OFTEN_SLIPPED else None


def action_overdue(case: Case) -> Found | None:
    """The open action due first, where it is overdue for longer than it may be."""
    found, actions = case.reasons.get(ReasonCode.ACTION_OVERDUE), case.facts.account.open_actions
    return Found(found.number, found.limit, actions[0].text) if found and actions else None


def no_next_action(case: Case) -> Found | None:
    return None if case.facts.account.open_actions else Found()


def claimed(case: Case) -> Found | None:
    """A stage above what something shows."""
    return Found() if case.facts.account.claimed_from is not None else None


def new_without_motion(case: Case) -> Found | None:
    """An account that is new on the list and whose motion nobody gave, where its tier asks for one."""
    is_new = case.placement.movement.is_new
    return Found() if is_new and Part.MOTION in missing_parts(case.facts.account) else None


def tier_unfit(case: Case) -> Found | None:
    """A proposal by fit: the tier proposed, 0 where the account is to leave."""
    proposal = pending(case.facts)
    return Found(proposal.tier or 0) if proposal is not None else None


# Questions that an account's deals and the people who sponsor them give.


def stage_unconfirmed(case: Case) -> Found | None:
    """A stage that a deal of the CRM implies and nobody confirmed."""
    proposal = proposed_stage(case.facts.account)
    return Found(about=proposal.deal.profile.name) if proposal is not None else None


def pushed_unexplained(case: Case) -> Found | None:
    """An open deal whose close date was pushed since the last held review, with no word of a person: the times."""
    facts = case.facts
    pushes = max((_pushes_since(deal, facts) for deal in facts.account.opportunities if deal.is_open), default=0)
    return Found(pushes) if pushes and not _has_words(facts) else None


def _pushes_since(deal: Opportunity, facts: AgendaFacts) -> int:
    """Count the pushes since the last held review; none where it is not known how many there were by then."""
    if facts.before is None or facts.since is None:
        return 0
    known = next((each for each in facts.before.opportunities if each.key == deal.key), None)
    if known is None:
        return deal.pushes if deal.opened_at > facts.since else 0
    return max(0, deal.pushes - known.pushes)


def _has_words(facts: AgendaFacts) -> bool:
    return any(getattr(event.change, "text", "") for event in by_people(facts.events))


def expansion_unsponsored(case: Case) -> Found | None:
    """A customer with an open deal for more and nobody there confirmed as executive sponsor."""
    account = case.facts.account
    if account.stage is not Stage.CUSTOMER or account.tier not in INTERVENTION_TIERS or furthest_deal(account) is None:
        return None
    return None if holders(account, BuyingRole.EXECUTIVE_SPONSOR) else Found()


# Choose the question of an account: of all that hold, the most pressing one, in the order of their codes.

Rule = Callable[[Case], Found | None]
"""Finds whether a question holds, with its numbers."""


def _stall(kind: StallKind) -> Rule:
    def found(case: Case) -> Found | None:
        cause = next((each for each in case.placement.stall.causes if each.kind is kind), None)
        return Found(cause.days, cause.limit_days) if cause else None

    return found


RULES: Mapping[QuestionCode, Rule] = {
    QuestionCode.ASK_OVERDUE: ask_overdue,
    QuestionCode.ASK_OPEN: ask_open,
    QuestionCode.NO_OWNER: no_owner,
    QuestionCode.OWNER_GONE: owner_gone,
    QuestionCode.BLOCKER_FOR_EXECUTIVE: lambda case: case.reasons.get(ReasonCode.BLOCKER_NEEDS_EXECUTIVE),
    QuestionCode.STAGE_UNCONFIRMED: stage_unconfirmed,
    QuestionCode.PUSHED_UNEXPLAINED: pushed_unexplained,
    QuestionCode.PUSHED_OFTEN: lambda case: case.reasons.get(ReasonCode.CLOSE_DATE_PUSHED),
    QuestionCode.PLAY_WITHOUT_OUTCOME: play_without_outcome,
    QuestionCode.PLAY_OVERDUE: play_overdue,
    QuestionCode.STALLED_UNTRIED: stalled_untried,
    QuestionCode.SLIPPED_OFTEN: slipped_often,
    QuestionCode.SILENT: _stall(StallKind.QUIET),
    QuestionCode.STUCK: _stall(StallKind.AGED),
    QuestionCode.CLAIMED: claimed,
    QuestionCode.EXPANSION_UNSPONSORED: expansion_unsponsored,
    QuestionCode.ACTION_OVERDUE: action_overdue,
    QuestionCode.NO_NEXT_ACTION: no_next_action,
    QuestionCode.NEW_WITHOUT_MOTION: new_without_motion,
    QuestionCode.TIER_UNFIT: tier_unfit,
}
"""The rules of questions; any other question holds with the reason of its own code."""


def questions_of(facts: AgendaFacts, placement: Placement) -> Iterator[QuestionToDecide]:
    """Yield every question that holds of an account that needs a decision, the most pressing first.

    None of one that is steady, unless its step is claimed, or that left the list.
    """
    is_steady = placement.bucket is Bucket.STEADY and not placement.is_claimed
    if is_steady or facts.account.has_left_list:
        return
    hard, soft = hard_and_soft(facts, placement.movement, placement.stall)
    reasons = {code: Found(number, limit) for code, number, limit in (*hard, *soft, *placement.reasons)}
    case = Case(facts, placement, reasons, local_date(facts.now, facts.zone))
    for code in QuestionCode:
        found = RULES[code](case) if code in RULES else reasons.get(ReasonCode(code.value))
        if found is not None:
            yield QuestionToDecide(code, found.number, found.limit, found.about)


def question_of(facts: AgendaFacts, placement: Placement) -> QuestionToDecide | None:
    return next(questions_of(facts, placement), None)


def still_asked(code: str, facts: AgendaFacts, placement: Placement) -> QuestionToDecide | None:
    """Return the question of this code with its numbers as they are now; None once it holds no more, or is unknown."""
    return next((each for each in questions_of(facts, placement) if each.code == code), None)


# The question of an account on its agenda, until a decision or what was recorded answers it.


def asked(item: AgendaItem) -> QuestionToDecide | None:
    """Return the question of an account that is discussed; in a review the one kept at its opening, while it holds.

    None once the review decided about the account.
    """
    if item.part is not ItemPart.DISCUSSED or has_decided(item):
        return None
    if item.opened_at is None:
        return question_of(item.facts, item.placement)
    return still_asked(item.question, item.facts, item.placement) if item.question else None


def has_decided(item: AgendaItem) -> bool:
    """True if the review that the account is in decided about it."""
    last = item.facts.account.decision
    return last is not None and item.opened_at is not None and last.decided_at >= item.opened_at
