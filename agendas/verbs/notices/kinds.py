"""Kinds of messages that nobody asked for, by the pages of their letters."""

from agendas.facts.people import NoticeKind
from agendas.rules.notices.budget import Rank

TOLD = "told"
"""The page of the message that tells a person of what others asked of them."""
ONE_TOLD = "one_told"
"""The page of one event in such a message, or in the digest."""
ONE_SIGNAL = "one_signal"
"""The page of one strong signal in such a message, or in the digest."""
DIGEST = "digest"
"""The page of the message that tells of a day."""
MORNING = "morning"
"""The page of what is overdue and what waits for a person, always told in the digest of a working morning."""
ESCALATED = "escalated"
"""The page of a blocker that nobody resolved within its limit, for whoever gets it then."""
PREPARATION = "preparation"
"""The page of what a person is asked to prepare."""
REMINDER = "reminder"
"""The page of the reminder of reviews that a person has not prepared."""
NOT_HELD = "not_held"
"""The page of reviews of a cadence that were not held, for its facilitator and the program's admins."""
BRIEF = "brief"
"""The page of what a facilitator should know an hour before a review."""
ASKED_BEFORE = "asked_before"
"""The page of what a facilitator asks of a person before a review."""
LEADS_NOW = "leads_now"
"""The page that tells a person that somebody made them the facilitator of a cadence."""

ACTIONS = "your_actions"
"""The page of a person's actions on the accounts of a review that has closed."""
OBSERVED = "recap_observed"
"""The page of the recap for somebody who observes the reviews of a cadence."""

KIND_OF_PAGE: dict[str, NoticeKind] = {
    ONE_TOLD: NoticeKind.TOLD,
    ONE_SIGNAL: NoticeKind.SIGNALS,
    ACTIONS: NoticeKind.ACTIONS,
    OBSERVED: NoticeKind.ACTIONS,
    "fit_question": NoticeKind.QUESTIONS,
    "executive_before": NoticeKind.EXECUTIVE,
    REMINDER: NoticeKind.PREPARATION,
    MORNING: NoticeKind.NUDGES,
    ESCALATED: NoticeKind.NUDGES,
    NOT_HELD: NoticeKind.HEALTH,
    PREPARATION: NoticeKind.PREPARATION,
    BRIEF: NoticeKind.PREPARATION,
    ASKED_BEFORE: NoticeKind.PREPARATION,
    LEADS_NOW: NoticeKind.PREPARATION,
    **dict.fromkeys(
        ("trouble", "lacking", "deactivated", "doubt", "doubts", "not_opened", "not_closed", "own_channel"),
        NoticeKind.HEALTH,
    ),
}
"""Kinds of messages by their page; a page that is not here is sent at once, whatever its reader prefers."""


DIGESTS = frozenset({DIGEST})
"""Pages of messages that come at most once a day, and gather what others would tell apart."""

TOLD_IN_OTHERS = frozenset({ONE_TOLD, ONE_SIGNAL, MORNING})
"""Pages of what is always told in another message."""

UNASKED = frozenset({*KIND_OF_PAGE, TOLD, DIGEST}) - TOLD_IN_OTHERS
"""Pages of messages that nobody asked for, all of which count towards the weekly cap of a person."""

GO_FIRST = frozenset({TOLD, ESCALATED, ASKED_BEFORE})
"""Pages of asks and blockers, which have a reserve of the weekly cap."""


def rank_of(page: str) -> Rank:
    """Return the rank of a message with this page among those of a week."""
    if page in DIGESTS:
        return Rank.DIGEST
    return Rank.FIRST if page in GO_FIRST else Rank.USUAL


def is_unasked(page: str) -> bool:
    """Return true for the page of a message that nobody asked for: it does not come in its reader's quiet hours."""
    return page in UNASKED or page in TOLD_IN_OTHERS
