"""Replies in the threads of accounts."""

import re
from dataclasses import dataclass

from agendas.rules.update_words import NOTHING_MOVED
from agendas.text.evidence import without_person

MARK = "\u241d"
"""Marks around the ts of a reply and of its thread, in a command that is run for it."""

MARKED = re.compile(rf"{MARK}(\d{{1,12}}\.\d{{1,12}}) (\d{{1,12}}\.\d{{1,12}}){MARK} ?")

WORDS = {"moved": "/move", "blocked": "/blocker", "next": "/next", "done": "/next"}
"""Commands by the words that a reply begins with."""

FIRST_WORD = re.compile(
    r"^[ \t\xa0]*(?:(?:[-\u2013\u2022\u25e6\u25aa*]|\d{1,2}[.)])[ \t\xa0]+)?"
    r"(?P<begun>[*_~]{0,3})(?P<word>moved|blocked|next|done)(?P<ended>[*_~]{0,3})[ \t\xa0]*"
    r":(?!(?-i:[a-z0-9_+'-]+):(?!//))(?P<after>[*_~]{0,3})",
    re.I | re.M,
)
"""One of the words and a colon, also in a list and in bold; the colon that begins an emoji is none."""

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
    """Return what a message says to record, nothing unless it begins with one of the words and a colon.

    Each further line that begins so is one of its own.
    """
    found = list(FIRST_WORD.finditer(text))
    if not found or text[: found[0].start()].strip():
        return ()
    ends = [*(each.start() for each in found[1:]), len(text)]
    return tuple(_reply(each, text[each.end() : end]) for each, end in zip(found, ends, strict=True))


def _reply(found: re.Match[str], rest: str) -> ThreadReply:
    """The command of one word and colon, with its words; marks of bold around all of it go at both ends."""
    words, word = rest.strip(), found["word"].casefold()
    if not (found["ended"] or found["after"]):
        words = words.removesuffix(found["begun"][::-1]).rstrip()
    return ThreadReply(WORDS[word], f"done {words}".strip() if word == "done" else words)


def read_mention(text: str, bot_user_id: str) -> tuple[ThreadReply, ...]:
    """Return what a message that mentions the bot says to record: as a reply, or that nothing moved and no more."""
    words = without_person(text, bot_user_id)
    if replies := read_replies(words.strip(" \t\n,:;-")):
        return replies
    plain = EMOJI.sub(" ", words.replace("\u2019", "'")).strip()
    if plain.endswith("?"):
        return ()
    words = " ".join(re.sub(r"[^\w\s']", " ", plain).casefold().split())
    return (ThreadReply("/move", "nothing"),) if ONLY_NOTHING.fullmatch(words) else ()


def marked(ts: str, thread_ts: str) -> str:
    """The mark from which a command knows its reply; it comes between the account and the words."""
    return f"{MARK}{ts} {thread_ts}{MARK}"


def take_mark(rest: str) -> tuple[str, str, str]:
    """Return the ts of the reply that the words are from and of its thread, '' for none, and the words without it."""
    found = MARKED.match(rest)
    return (found[1], found[2], rest[found.end() :]) if found else ("", "", rest)


def without_mark(text: str) -> str:
    """The text of a command without the mark of a reply."""
    return MARKED.sub("", text)


def typed_in_thread(command: str, rest: str) -> str:
    """The command as a reply in a thread has it: `moved: …` for /move."""
    if command == "/next" and (done := re.match(r"done\b\s*", rest)):
        return f"done: {rest[done.end() :]}".strip()
    word = next(word for word, name in WORDS.items() if name == command)
    return f"{word}: {rest}".strip()


def in_thread(sentence: str) -> str:
    """A sentence about commands in the words that a thread takes."""
    for command, word in FOR_THREADS:
        sentence = sentence.replace(command, word)
    return sentence
