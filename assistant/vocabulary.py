"""The words of questions, as opposed to the names in them. All in lower case."""

HELP_WORDS = frozenset({"help", "commands", "usage"})
HELLO_WORDS = frozenset({"hello", "hi", "hey", "yo", "morning"})
THANKS_WORDS = frozenset({"thanks", "thank", "thx", "cheers"})
GREETINGS = HELLO_WORDS | THANKS_WORDS
POLITE_WORDS = frozenset({"cadence", "you", "there", "good", "a", "lot", "so", "very", "much", "many", "for", "that"})
"""Words that may stand beside a greeting or thanks and make no question of it."""

MEETING_WORDS = frozenset({"review", "reviews", "reviewed", "meeting", "meet", "cadence"})
MEETING_ASKED = frozenset({"when", "next", "whens"})
DECISION_WORDS = frozenset({"decide", "decided", "decision", "decisions"})
BLOCKER_WORDS = frozenset(
    {"blocker", "blockers", "blocked", "blocks", "blocking", "block", "obstacle", "obstacles", "hurdles"}
)
ACTION_WORDS = frozenset(
    {
        "action",
        "actions",
        "todo",
        "todos",
        "to-do",
        "to-dos",
        "task",
        "tasks",
        "step",
        "steps",
        "owe",
        "owes",
        "owed",
        "overdue",
        "due",
        "promise",
        "promised",
        "promises",
        "deadline",
        "deadlines",
        "plate",
    }
)
OVERDUE_WORDS = frozenset({"overdue", "late"})
GROUP_WORDS = frozenset({"buying-group", "missing", "stakeholder", "stakeholders", "coverage", "single-threaded"})
ROLE_WORDS = frozenset(
    {"champion", "buyer", "evaluator", "procurement", "sponsor", "influencer", "contact", "contacts"}
)
"""With "who" alone: they may be part of an account's name."""

OWNER_WORDS = frozenset({"owns", "owner", "owned", "whose", "responsible"})
CARING_WORDS = frozenset({"runs", "handles", "covers", "leads", "manages"})
MOVEMENT_WORDS = frozenset(
    {
        "move",
        "moved",
        "moves",
        "moving",
        "movement",
        "movements",
        "advanced",
        "regressed",
        "expanded",
        "progress",
        "progressed",
        "momentum",
    }
)
WAYS = {"advanced": "advanced", "progressed": "advanced", "regressed": "regressed", "expanded": "expanded"}
"""Words that ask for one kind of movement."""

STALL_WORDS = frozenset(
    {
        "stalled",
        "stall",
        "stalls",
        "stalling",
        "stale",
        "stuck",
        "risk",
        "at-risk",
        "trouble",
        "intervention",
        "attention",
    }
)
CHANGE_WORDS = frozenset({"changed", "changes", "change", "happened", "happening", "new"})
NEWS_WORDS = frozenset({"news", "latest", "update", "updates"})
STATUS_WORDS = frozenset(
    {"how", "hows", "status", "state", "stand", "stands", "situation", "summary", "stage", "health", "card"}
)
OWN_WORDS = frozenset({"own", "mine"})

INTENT_WORDS = (
    HELP_WORDS
    | MEETING_WORDS
    | DECISION_WORDS
    | BLOCKER_WORDS
    | ACTION_WORDS
    | OVERDUE_WORDS
    | GROUP_WORDS
    | OWNER_WORDS
    | CARING_WORDS
    | MOVEMENT_WORDS
    | STALL_WORDS
    | CHANGE_WORDS
    | NEWS_WORDS
    | STATUS_WORDS
    | OWN_WORDS
)

ME_WORDS = frozenset({"me", "my", "mine", "i", "im", "i'm"})
TELLING_WORDS = frozenset({"show", "tell", "give", "remind", "let", "get", "send", "list"})
SEEING_WORDS = frozenset({"see", "know", "ask", "get", "look", "check"})
PRONOUNS = frozenset({"it", "its", "it's", "they", "them", "their", "that"})
FOLLOWING_WORDS = frozenset({"and", "also", "same"})

_FILLERS = (
    "a about account accounts actually all am an and another any anyone anything are as at be been but by cadence "
    "called can cannot check company could current currently did do does doing done else every everybody everyone "
    "everything far for from get give go going got had has have having here how i in into is just kind know last "
    "lately let like list look looking looks made make may might month most much need needs next no not now of off "
    "ok okay on one ones only open or our out outstanding over past people please pls plz program put question "
    "quick quickly re really recent recently regarding remind right say see send shall should show since so some "
    "somebody someone something still team tell than that the their them then there these they thing things think "
    "this those time to today too u under until up us want was wat way we week weeks well went were what whats when "
    "where wheres which who whom whos why will with work working would yesterday yet you your"
)
FILLER_WORDS = frozenset(_FILLERS.split())
"""Words that never begin or end an account's name in a question."""

GRAMMAR = FILLER_WORDS | INTENT_WORDS | ME_WORDS | PRONOUNS | FOLLOWING_WORDS | GREETINGS
