"""The question of an account's agenda: rules by which it is asked, most pressing first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agendas.facts.account import Stage
from agendas.facts.deals import Opportunity
from agendas.facts.events import NothingMoved
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import WhyPart
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
from agendas.rules.group import contacts_with_role
from agendas.rules.history import by_people
from agendas.rules.plays import running_plays
from agendas.rules.reviews import INTERVENTION_TIERS, hard_and_soft
from agendas.text.dates import days_between, local_date


@dataclass(frozen=True, slots=True)
class QuestionNumbers:
    """Numbers of a question that holds, and the text that people wrote of the subject it names."""

    number: int = 0
    limit: int = 0
    about: str = ""


# The question that each code asks, and whether it holds.

OFTEN_SLIPPED = 2
"""Slips of a promise that make it one to be asked about: it was given three times. Our own default."""


def _numbers_if_it_holds(
    code: QuestionCode, facts: AgendaFacts, placement: Placement, reasons: Mapping[ReasonCode, QuestionNumbers]
) -> QuestionNumbers | None:
    """The numbers of the question with this code; None where there is nothing to ask.

    `reasons` are all reasons to intervene that hold, even a single soft one. A code without a case of its own is asked
    where the reason of the same name holds.
    """
    account, today = facts.account, local_date(facts.now, facts.zone)
    asks, actions = account.open_asks, account.open_actions
    match code:
        case QuestionCode.ASK_OVERDUE:
            # the days since that of the ask due first
            late_days = (today - asks[0].due_on).days if asks and asks[0].due_on else 0
            return QuestionNumbers(late_days, about=asks[0].text) if late_days > 0 else None
        case QuestionCode.ASK_OPEN:
            # the days since it was decided
            days = days_between(asks[0].decided_at, facts.now, facts.zone) if asks else 0
            return QuestionNumbers(days, about=asks[0].text) if asks else None
        case QuestionCode.NO_OWNER:
            return None if account.profile.owner or account.profile.owner_name else QuestionNumbers()
        case QuestionCode.OWNER_GONE:
            return QuestionNumbers() if facts.owner_is_deactivated and account.profile.owner else None
        case QuestionCode.BLOCKER_FOR_EXECUTIVE:
            return reasons.get(ReasonCode.BLOCKER_NEEDS_EXECUTIVE)
        case QuestionCode.STAGE_UNCONFIRMED:
            # a deal of the CRM implies the stage, and nobody confirmed it
            implied = proposed_stage(account)
            return QuestionNumbers(about=implied.deal.profile.name) if implied is not None else None
        case QuestionCode.PUSHED_UNEXPLAINED:
            # the close date was pushed since the last held review, with no word of a person: the times
            pushes = max((_pushes_since(deal, facts) for deal in account.open_deals), default=0)
            is_explained = any(getattr(event.change, "text", "") for event in by_people(facts.events))
            return QuestionNumbers(pushes) if pushes and not is_explained else None
        case QuestionCode.PUSHED_OFTEN:
            return reasons.get(ReasonCode.CLOSE_DATE_PUSHED)
        case QuestionCode.PLAY_WITHOUT_OUTCOME:
            # the play that ended last since the last held review, where no other runs
            ended = [(each.ended_at, each) for each in account.plays if each.end is PlayEnd.NONE and each.ended_at]
            since = [pair for pair in ended if facts.since is None or pair[0] > facts.since]
            if not since or running_plays(account, today):
                return None
            at, run = max(since, key=lambda pair: (pair[0], pair[1].id))
            return QuestionNumbers(days_between(at, facts.now, facts.zone), about=run.name)
        case QuestionCode.PLAY_OVERDUE:
            late = [each for each in running_plays(account, today) if each.days_overdue]
            return QuestionNumbers(late[0].days_overdue, about=late[0].run.name) if late else None
        case QuestionCode.STALLED_UNTRIED:
            # stalled at the last review and still, and since then nobody recorded more than that nothing moved
            is_tried = any(not isinstance(event.change, NothingMoved) for event in by_people(facts.events))
            return None if is_tried else reasons.get(ReasonCode.STALLED_TWICE)
        case QuestionCode.SLIPPED_OFTEN:
            # the times that the action was promised
            most = max(actions, key=lambda each: each.slips, default=None)
            return QuestionNumbers(most.slips + 1, about=most.text) if most and most.slips >= OFTEN_SLIPPED else None
        case QuestionCode.SILENT | QuestionCode.STUCK:
            kind = StallKind.QUIET if code is QuestionCode.SILENT else StallKind.AGED
            cause = next((each for each in placement.stall.causes if each.kind is kind), None)
            return QuestionNumbers(cause.days, cause.limit_days) if cause else None
        case QuestionCode.CLAIMED:
            return QuestionNumbers() if account.claimed_from is not None else None
        case QuestionCode.EXPANSION_UNSPONSORED:
            # a customer of a tier worth an intervention, with an open deal for more and no confirmed executive sponsor
            is_looked_at = account.stage is Stage.CUSTOMER and account.tier in INTERVENTION_TIERS
            is_growing = is_looked_at and furthest_deal(account) is not None
            is_unsponsored = is_growing and not contacts_with_role(account, BuyingRole.EXECUTIVE_SPONSOR)
            return QuestionNumbers() if is_unsponsored else None
        case QuestionCode.ACTION_OVERDUE:
            # overdue for longer than it may be
            numbers = reasons.get(ReasonCode.ACTION_OVERDUE)
            return QuestionNumbers(numbers.number, numbers.limit, actions[0].text) if numbers and actions else None
        case QuestionCode.NO_NEXT_ACTION:
            return None if actions else QuestionNumbers()
        case QuestionCode.NEW_WITHOUT_MOTION:
            # nobody gave the motion, where its tier asks for one
            return QuestionNumbers() if placement.movement.is_new and WhyPart.MOTION in missing_parts(account) else None
        case QuestionCode.TIER_UNFIT:
            # the tier that the fit proposes, 0 where the account is to leave
            proposal = pending(facts)
            return QuestionNumbers(proposal.tier or 0) if proposal is not None else None
    return reasons.get(ReasonCode(code.value))


def _pushes_since(deal: Opportunity, facts: AgendaFacts) -> int:
    """Count the pushes since the last held review, all of a deal opened since; 0 if those before it are not known."""
    if facts.before is None or facts.since is None:
        return 0
    known = next((each for each in facts.before.opportunities if each.key == deal.key), None)
    if known is None:
        return deal.pushes if deal.opened_at > facts.since else 0
    return max(0, deal.pushes - known.pushes)


# Choose the question of an account: of all that hold, the most pressing one, in the order of their codes.


def questions_of(facts: AgendaFacts, placement: Placement) -> Iterator[QuestionToDecide]:
    """Yield every question to decide about the account, the most pressing first.

    There is none about an account that left the list, or is steady with neither a claimed step nor an open ask.
    """
    account = facts.account
    is_steady = placement.bucket is Bucket.STEADY and not placement.is_claimed and not account.open_asks
    if is_steady or account.has_left_list:
        return
    hard, soft = hard_and_soft(facts, placement.movement, placement.stall)
    reasons = {code: QuestionNumbers(number, limit) for code, number, limit in (*hard, *soft, *placement.reasons)}
    for code in QuestionCode:
        numbers = _numbers_if_it_holds(code, facts, placement, reasons)
        if numbers is not None:
            yield QuestionToDecide(code, numbers.number, numbers.limit, numbers.about)


def question_of(facts: AgendaFacts, placement: Placement) -> QuestionToDecide | None:
    return next(questions_of(facts, placement), None)


def still_asked(code: str, facts: AgendaFacts, placement: Placement) -> QuestionToDecide | None:
    """Return the question of this code with its numbers as they are now; None once it holds no more, or is unknown."""
    return next((each for each in questions_of(facts, placement) if each.code == code), None)


# The question of an account on its agenda, until a decision or what was recorded answers it.


def question_asked(item: AgendaItem) -> QuestionToDecide | None:
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
