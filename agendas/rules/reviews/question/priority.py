"""Choose the question of an account: of all that hold, the most pressing one, in the order of their codes."""

from collections.abc import Callable, Iterator, Mapping

from agendas.facts.reviews.agenda import AgendaFacts, ReasonCode, StallKind
from agendas.facts.reviews.question import Question, QuestionCode
from agendas.facts.reviews.review import Bucket, Placement
from agendas.rules.reviews.question import of_account, of_deals
from agendas.rules.reviews.question.case import Case, Found, case_of

Rule = Callable[[Case], Found | None]
"""Finds whether a question holds, with its numbers."""


def _reason(code: ReasonCode) -> Rule:
    return lambda case: case.reasons.get(code)


def _stall(kind: StallKind) -> Rule:
    def found(case: Case) -> Found | None:
        cause = next((each for each in case.placement.stall.causes if each.kind is kind), None)
        return Found(cause.days, cause.limit_days) if cause else None

    return found


RULES: Mapping[QuestionCode, Rule] = {
    QuestionCode.ASK_OVERDUE: of_account.ask_overdue,
    QuestionCode.ASK_OPEN: of_account.ask_open,
    QuestionCode.NO_OWNER: of_account.no_owner,
    QuestionCode.OWNER_GONE: of_account.owner_gone,
    QuestionCode.BLOCKER_FOR_EXECUTIVE: _reason(ReasonCode.BLOCKER_NEEDS_EXECUTIVE),
    QuestionCode.ECONOMIC_BUYER_LEFT: _reason(ReasonCode.ECONOMIC_BUYER_LEFT),
    QuestionCode.CHAMPION_LEFT: _reason(ReasonCode.CHAMPION_LEFT),
    QuestionCode.ONLY_DEAL_LOST: _reason(ReasonCode.ONLY_DEAL_LOST),
    QuestionCode.REGRESSED: _reason(ReasonCode.REGRESSED),
    QuestionCode.DEAL_BACK: _reason(ReasonCode.DEAL_BACK),
    QuestionCode.CLOSES_SOON: _reason(ReasonCode.CLOSES_SOON),
    QuestionCode.BLOCKER_OLD: _reason(ReasonCode.BLOCKER_OLD),
    QuestionCode.STAGE_UNCONFIRMED: of_deals.stage_unconfirmed,
    QuestionCode.PUSHED_UNEXPLAINED: of_deals.pushed_unexplained,
    QuestionCode.CLOSE_DATE_PAST: _reason(ReasonCode.CLOSE_DATE_PAST),
    QuestionCode.PUSHED_OFTEN: _reason(ReasonCode.CLOSE_DATE_PUSHED),
    QuestionCode.PLAY_WITHOUT_OUTCOME: of_account.play_without_outcome,
    QuestionCode.PLAY_OVERDUE: of_account.play_overdue,
    QuestionCode.STALLED_UNTRIED: of_account.stalled_untried,
    QuestionCode.STALLED_TWICE: _reason(ReasonCode.STALLED_TWICE),
    QuestionCode.SLIPPED_OFTEN: of_account.slipped_often,
    QuestionCode.ECONOMIC_BUYER_AGAINST: _reason(ReasonCode.ECONOMIC_BUYER_AGAINST),
    QuestionCode.CHAMPION_AGAINST: _reason(ReasonCode.CHAMPION_AGAINST),
    QuestionCode.SILENT: _stall(StallKind.QUIET),
    QuestionCode.STUCK: _stall(StallKind.AGED),
    QuestionCode.SINGLE_THREADED: _reason(ReasonCode.SINGLE_THREADED),
    QuestionCode.NO_ECONOMIC_BUYER: _reason(ReasonCode.NO_ECONOMIC_BUYER),
    QuestionCode.CLAIMED: of_account.claimed,
    QuestionCode.NO_EVIDENCE: _reason(ReasonCode.NO_EVIDENCE),
    QuestionCode.EXPANSION_UNSPONSORED: of_deals.expansion_unsponsored,
    QuestionCode.ACTION_OVERDUE: of_account.action_overdue,
    QuestionCode.NO_NEXT_ACTION: of_account.no_next_action,
    QuestionCode.ENGAGEMENT_FELL: _reason(ReasonCode.ENGAGEMENT_FELL),
    QuestionCode.NOT_REVIEWED: _reason(ReasonCode.NOT_REVIEWED),
    QuestionCode.NEW_WITHOUT_MOTION: of_account.new_without_motion,
    QuestionCode.TIER_UNFIT: of_account.tier_unfit,
}
"""The rule of each question, in the order in which they are asked."""


def questions_of(facts: AgendaFacts, placement: Placement) -> Iterator[Question]:
    """Yield every question that holds of an account that needs a decision, the most pressing first.

    None of one that is steady, unless its step is claimed, or that left the list.
    """
    is_steady = placement.bucket is Bucket.STEADY and not placement.is_claimed
    if is_steady or facts.account.has_left_list:
        return
    case = case_of(facts, placement)
    for code, rule in RULES.items():
        found = rule(case)
        if found is not None:
            yield Question(code, found.number, found.limit, found.about)


def question_of(facts: AgendaFacts, placement: Placement) -> Question | None:
    """Return the question to ask, None where there is none."""
    return next(questions_of(facts, placement), None)


def still_asked(code: str, facts: AgendaFacts, placement: Placement) -> Question | None:
    """Return the question of this code with its numbers as they are now; None once it holds no more, or is unknown."""
    return next((each for each in questions_of(facts, placement) if each.code == code), None)
