"""Replies in the threads of accounts."""

import re
from dataclasses import dataclass

from agendas.rules.update_words import NOTHING_MOVED
from agendas.text.evidence import without_person
from agendas.text.vocabulary import STAGE_WORDS

MARK = "\u241d"
"""Marks around the ts of a reply and of its thread, in a command that is run for it."""

MARKED = re.compile(rf"{MARK}(\d{{1,12}}\.\d{{1,12}}) (\d{{1,12}}\.\d{{1,12}}){MARK} ?")

PREFIXES = (
    ("/move", "", "moved|movement"),
    ("/move", "nothing", "no changes?|no movement|nothing moved"),
    ("/move", "to", rf"(?:moved|back) to (?:the )?(?P<stage>{'|'.join(map(re.escape, STAGE_WORDS))})(?: stage)?"),
    ("/blocker", "", "blocked(?: by)?|blockers?|blocking"),
    ("/blocker", "resolve", "resolved?|unblocked|blockers? (?:resolved|solved|cleared|gone)"),
    ("/next", "", r"next(?:[ -]?(?:steps?|actions?))?|actions?(?:[ -]items?)?|to[ -]?do"),
    ("/next", "done", "done|completed|finished"),
)
"""Spellings that a reply may begin with, the command of each, and the words that come first in it."""

BULLET = r"(?:(?:[-\u2013\u2022\u25e6\u25aa*]|\d{1,2}[.)])[ \t\xa0]+)"
PREFIX = re.compile(
    rf"^[ \t\xa0]*{BULLET}?(?P<begun>[*_~]{{0,3}})"
    + rf"(?:{'|'.join(f'(?P<prefix{number}>{spelled})' for number, (_, _, spelled) in enumerate(PREFIXES))})"
    + r"(?P<ended>[*_~]{0,3})"
    # a colon that does not begin an emoji, or a dash
    + r"(?:[ \t\xa0]*(?::(?!(?-i:[a-z0-9_+'-]+):(?!//))|(?P<dash>-(?=[ \t\xa0])|[\u2013\u2014]))(?P<after>[*_~]{0,3})"
    # that nothing moved is said by the words alone
    + r"|(?(prefix1)[.!]*[ \t\xa0]*$|(?!)))",
    re.I | re.M,
)
TALK = re.compile(
    r"\s*(?:(?:who|whose|what|when|where|why|how|which|is|are|was|were|does|do|did|should|shall|can|could|would|will|has"
    r"|have|not|nope|nah|maybe|perhaps|hopefully|probably|i (?:think|guess|hope|doubt))\b"
    r"|(?:no|yes)\b(?=\W*$|,)|.*\?\s*$)",
    re.IGNORECASE | re.DOTALL,
)
"""Words after a dash by which a reply asks, doubts or takes back what the word before the dash would record."""

LIST = re.compile(rf"(?:\s*^[ \t\xa0]*{BULLET}\S.*$)+\s*", re.M)

NOTHING = "|".join(
    (
        *(re.escape(each) for each in sorted(NOTHING_MOVED)),
        r"nothing(?: (?:moved|changed|new|happened|to report|to add|to share|else))?",
        r"nothing(?:'s| has) (?:moved|changed|happened)",
        r"(?:there's |we have |i have )nothing(?: new| to report)?",
        r"(?:it )?(?:hasn't|has not|didn't|did not) (?:moved?|changed?)",
        r"no (?:progress|changes? to report|news to report|updates? to report)",
        r"(?:still |all )?(?:the )?same(?: as (?:last week|last time|before|yesterday|last month))?",
        r"as (?:last week|last time|before)",
    )
)
FIRST_WORDS = (
    rf"(?:still |again |sorry |no |nope )?(?:{NOTHING})"
    r"(?: (?:here|yet|again|today|so far|still|at all|really|sorry|thanks|i'm afraid"
    r"|this (?:week|time|month)|since (?:then|(?:the )?last (?:week|time|month|review))"
    r"|on this (?:one|account)"
    r"|(?:from|on) (?:me|us|my side|our side|my end|our end)|for (?:me|us|now)))*"
)
ONLY_NOTHING = re.compile(rf"{FIRST_WORDS}(?: {FIRST_WORDS})?")
EMOJI = re.compile(r":[a-z0-9_+'-]+:")
FOR_THREADS = (
    ("/next ACCOUNT done", "done:"),
    ("/blocker ACCOUNT resolve", "resolved:"),
    ("/move ACCOUNT", "moved:"),
    ("/blocker ACCOUNT", "blocked:"),
    ("/next ACCOUNT", "next:"),
    ("/blocker", "blocked:"),
    ("/move", "moved:"),
    ("/next", "next:"),
)


@dataclass(frozen=True, slots=True)
class ThreadReply:
    """A command, and the words after ACCOUNT as Slack escaped them, that a reply is read as."""

    command: str
    rest: str


def read_replies(text: str) -> tuple[ThreadReply, ...]:
    """Return what a message says to record, nothing unless it begins with a prefix, as in `next: call Rita by Friday`.

    Each further line that begins with one is an entry of its own, and so is each line of a list below a bare prefix.
    After a dash, a question, a denial or a guess (`TALK`) makes the whole message talk about the word, not an entry.
    """
    prefixes = list(PREFIX.finditer(text))
    if not prefixes or text[: prefixes[0].start()].strip():
        return ()
    ends = [*(each.start() for each in prefixes[1:]), len(text)]
    parts = [(each, text[each.end() : end]) for each, end in zip(prefixes, ends, strict=True)]
    if any(each["dash"] and TALK.match(rest) for each, rest in parts):
        return ()
    return tuple(_read_reply(each, line) for each, rest in parts for line in _lines(rest))


def _lines(rest: str) -> list[str]:
    """The lines of a list that is all there is below a prefix alone on its line, else the words as they are."""
    first, _, more = rest.partition("\n")
    if first.strip() or not LIST.fullmatch(more):
        return [rest]
    return [re.sub(BULLET, "", line.strip(), count=1) for line in more.splitlines() if line.strip()]


def _read_reply(found: re.Match[str], rest: str) -> ThreadReply:
    """The command of a prefix, with its words; a stage found becomes `to STAGE`, and words after `nothing` its text."""
    words = rest.strip()
    if not (found["ended"] or found["after"]):
        # bold around the whole line: the marks at its end go with those before the prefix
        words = words.removesuffix(found["begun"][::-1]).rstrip()
    command, first_words, _ = next(each for number, each in enumerate(PREFIXES) if found[f"prefix{number}"])
    if found["stage"]:
        first_words = f"to {found['stage'].casefold()}"
    elif first_words == "nothing" and words:
        first_words = "nothing:"
    return ThreadReply(command, f"{first_words} {words}".strip())


def read_mention(text: str, bot_user_id: str) -> tuple[ThreadReply, ...]:
    """Return what a message that mentions the bot says to record: what a reply would, or that nothing moved.

    Without a prefix, only a message that says no more than that nothing moved is recorded, and never a question.
    """
    words = without_person(text, bot_user_id)
    if replies := read_replies(words.lstrip(" \t\n,:;-").rstrip()):
        return replies
    plain = EMOJI.sub(" ", words.replace("\u2019", "'")).strip()
    if plain.endswith("?"):
        return ()
    words = " ".join(re.sub(r"[^\w\s']", " ", plain).casefold().split())
    return (ThreadReply("/move", "nothing"),) if ONLY_NOTHING.fullmatch(words) else ()


# Messages without a prefix, for which rules draft what they would record.

LEAST_WORDS = 4
"""Words of a message from which on it may be news. Ours."""

CHAT = re.compile(
    r"(?:(?:i|we)(?:['\u2019]ll| will| can| should| must)|let me|let us|let['\u2019]s)"
    r" (?:be|see|have|do|let|keep|think|wait)\b"
    r"|(?:i|we) (?:agree|think|talked about|discussed|mentioned|said)\b",
    re.IGNORECASE,
)
"""Beginnings of promises that are none, and of what was said among us."""


def may_be_news(text: str, bot_user_id: str) -> bool:
    """Return true for four words or more that mention the bot nowhere and ask nothing."""
    return len(text.split()) >= LEAST_WORDS and "?" not in text and f"<@{bot_user_id}" not in text


# The mark by which a command knows the reply that it is run for.


def marked(ts: str, thread_ts: str) -> str:
    """The mark between account and words, with the Slack ts of the reply that a command runs for and of its thread."""
    return f"{MARK}{ts} {thread_ts}{MARK}"


def take_mark(rest: str) -> tuple[str, str, str]:
    """Return the Slack ts of the reply, that of its thread, and the words without the mark; '' for both if unmarked."""
    match = MARKED.match(rest)
    return (match[1], match[2], rest[match.end() :]) if match else ("", "", rest)


def without_mark(text: str) -> str:
    """The text of a command without the mark of a reply."""
    return MARKED.sub("", text)


SPOKEN = (
    ("/next", "done", "done"),
    ("/next", "", "next"),
    ("/blocker", "resolve", "resolved"),
    ("/blocker", "", "blocked"),
    ("/move", "", "moved"),
)


def typed_in_thread(command: str, rest: str) -> str:
    """The command as a reply in a thread has it: `moved: …` for /move. Raises ValueError for another command."""
    for name, first, prefix in SPOKEN:
        if name == command and (match := re.match(rf"{first}\b\s*" if first else "", rest)):
            return f"{prefix}: {rest[match.end() :]}".strip()
    raise ValueError(command)


def in_thread(sentence: str) -> str:
    """A sentence about commands in the words that a thread takes."""
    for command, word in FOR_THREADS:
        sentence = sentence.replace(command, word)
    return sentence
