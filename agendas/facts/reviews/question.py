"""The question that an account's agenda asks: one, made by rules from how the account moved."""

from dataclasses import dataclass
from enum import StrEnum


class QuestionCode(StrEnum):
    """Kind of a question, most pressing first: of several that hold the first is asked.

    Its number is in days unless said otherwise: times with pushed_unexplained, pushed_often and slipped_often, stages
    or phases with regressed and deal_back, people with single_threaded and the two against us, points with
    engagement_fell, reviews with not_reviewed, the tier proposed with tier_unfit. The limit is in days, with
    engagement_fell the points before.
    """

    ASK_OVERDUE = "ask_overdue"
    ASK_OPEN = "ask_open"
    NO_OWNER = "no_owner"
    OWNER_GONE = "owner_gone"
    BLOCKER_FOR_EXECUTIVE = "blocker_for_executive"
    ECONOMIC_BUYER_LEFT = "economic_buyer_left"
    CHAMPION_LEFT = "champion_left"
    ONLY_DEAL_LOST = "only_deal_lost"
    REGRESSED = "regressed"
    DEAL_BACK = "deal_back"
    CLOSES_SOON = "closes_soon"
    BLOCKER_OLD = "blocker_old"
    STAGE_UNCONFIRMED = "stage_unconfirmed"
    PUSHED_UNEXPLAINED = "pushed_unexplained"
    CLOSE_DATE_PAST = "close_date_past"
    PUSHED_OFTEN = "pushed_often"
    PLAY_WITHOUT_OUTCOME = "play_without_outcome"
    PLAY_OVERDUE = "play_overdue"
    STALLED_UNTRIED = "stalled_untried"
    STALLED_TWICE = "stalled_twice"
    SLIPPED_OFTEN = "slipped_often"
    ECONOMIC_BUYER_AGAINST = "economic_buyer_against"
    CHAMPION_AGAINST = "champion_against"
    SILENT = "silent"
    STUCK = "stuck"
    SINGLE_THREADED = "single_threaded"
    NO_ECONOMIC_BUYER = "no_economic_buyer"
    CLAIMED = "claimed"
    NO_EVIDENCE = "no_evidence"
    EXPANSION_UNSPONSORED = "expansion_unsponsored"
    ACTION_OVERDUE = "action_overdue"
    NO_NEXT_ACTION = "no_next_action"
    ENGAGEMENT_FELL = "engagement_fell"
    NOT_REVIEWED = "not_reviewed"
    NEW_WITHOUT_MOTION = "new_without_motion"
    TIER_UNFIT = "tier_unfit"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its numbers, 0 where it has none; `about` names the ask, action, play or deal, or is ''."""

    code: QuestionCode
    number: int = 0
    limit: int = 0
    about: str = ""
