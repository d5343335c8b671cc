"""Replies in an account's thread that say what to record, and mentions that say only that nothing moved."""

import re
from dataclasses import dataclass

from agendas.rules.commands.movement import NOTHING_MOVED

MARK = "\u241d"
"""Marks around the ts of a reply and of its thread, in a command that is run for it."""

MARKED = re.compile(rf"{MARK}(\d{{1,12}}\.\d{{1,12}}) (\d{{1,12}}\.\d{{1,12}}){MARK} ?")

WORDS = {"moved": "/move", "blocked": "/blocker", "next": "/next", "done": "/next"}
"""Commands by the words that a reply begins with."""

FIRST_WORD = re.compile(r"^[ \t]*[*_~]{0,3}(?P<word>moved|blocked|next|done)[*_~]{0,3}[ \t]*:[*_~]{0,3}", re.I | re.M)

NOTHING = "|".join(
    (
        *(re.escape(each) for each in sorted(NOTHING_MOVED)),
        r"nothing(?: (?:moved|changed|new|happened|to report|to add|else))?",
        r"(?:still |all )?(?:the )?same(?: as (?:last week|last time|before|yesterday|last month))?",
        r"as (?:last week|last time|before)",
    )
)
ONLY_NOTHING = re.compile(
    rf"(?:still |again |sorry |no )?(?:{NOTHING})"
    r"(?: (?:here|yet|again|today|so far|still|at all|really|sorry|thanks|i'm afraid"
    r"|this (?:week|time|month)|since (?:then|last (?:week|time|month))"
    r"|(?:from|on) (?:me|us|my side|our side|my end|our end)|for (?:me|us|now)))*",
)
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
    """A command, and the words after ACCOUNT as Slack escaped them, that a reply stands for."""

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
    return tuple(_reply(each["word"], text[each.end() : end]) for each, end in zip(found, ends, strict=True))


def read_mention(text: str, bot_user_id: str) -> tuple[ThreadReply, ...]:
    """Return what a message that mentions the bot says to record: as a reply, or that nothing moved and no more."""
    said = re.sub(rf"<@{re.escape(bot_user_id)}(?:\|[^<>]*)?>", " ", text).strip(" \t\n,:;-")
    if replies := read_replies(said):
        return replies
    words = " ".join(re.sub(r"[^\w\s']", " ", said).casefold().split())
    return (ThreadReply("/move", "nothing"),) if ONLY_NOTHING.fullmatch(words) else ()


def marked(ts: str, thread_ts: str) -> str:
    """The mark of a reply, which stands between the account and the words of its command."""
    return f"{MARK}{ts} {thread_ts}{MARK}"


def take_mark(rest: str) -> tuple[str, str, str]:
    """Return the ts of the reply that the words are from and of its thread, '' for none, and the words without it."""
    found = MARKED.match(rest)
    return (found[1], found[2], rest[found.end() :]) if found else ("", "", rest)


def without_mark(text: str) -> str:
    """The text of a command without the mark of a reply."""
    return MARKED.sub("", text)


def typed_in_thread(command: str, rest: str) -> str:
    """The command as it is written in a thread."""
    if command == "/next" and (done := re.match(r"done\b\s*", rest)):
        return f"done: {rest[done.end() :]}".strip()
    word = next(word for word, name in WORDS.items() if name == command)
    return f"{word}: {rest}".strip()


def in_thread(sentence: str) -> str:
    """A sentence about commands in the words that a thread takes."""
    for command, word in FOR_THREADS:
        sentence = sentence.replace(command, word)
    return sentence


def _reply(word: str, rest: str) -> ThreadReply:
    said, word = rest.strip(), word.casefold()
    return ThreadReply(WORDS[word], f"done {said}".strip() if word == "done" else said)
