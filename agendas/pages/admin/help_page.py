"""Help: all commands, or those that a word means, with examples about accounts that exist."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agendas.pages.admin.help import COMMANDS
from agendas.pages.admin.update_commands import CommandHelp
from agendas.rendering.page import Heading, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.text.limits import SHOWN_CHARACTERS, shortened

SAMPLES = ("acme", "globex")
SAMPLE = re.compile(rf"\b({'|'.join(SAMPLES)})\b(?!\.)")
"""An account in the examples, which are told with names of the list; no domain."""
ACCOUNT = "ACCOUNT"


def commands_of(word: str) -> tuple[CommandHelp, ...]:
    """The commands that a word means: `skip`, `review`, `/review skip`; empty when none does."""
    typed = " ".join(word.casefold().replace("/", " ").split()).removeprefix("abm help ")
    exact = tuple(c for c in COMMANDS if c.word.casefold() == typed)
    within = tuple(c for c in COMMANDS if typed in c.word.casefold().split())
    return exact if exact and " " in typed else within or exact


def help_page(words: Words, word: str = "", samples: Sequence[str] = ()) -> Page:
    """All commands in one line each; or those a word means, with examples; with a sentence when it means none.

    `samples` are names of accounts that the examples are told with.
    """
    found = commands_of(word) if word.strip() else ()
    note = Note(words.say("program.help_note"))
    heading = Heading(words.raw("program.help_heading"))
    if found:
        told = (replace(each, examples=_with_names(each, samples)) for each in found)
        texts = tuple(Text(words.say("program.help_one", command=command)) for command in told)
        return Page(words.raw("program.help_title", count=len(found)), (heading, *texts, note), key="help")
    lines = Rows(tuple(line for command in COMMANDS for line in words.lines("program.help_line", command=command)))
    unknown = (Text(words.say("program.help_unknown", word=shortened(word, SHOWN_CHARACTERS))),) if word.strip() else ()
    return Page(words.raw("program.help_title", count=len(COMMANDS)), (heading, *unknown, lines, note), key="help")


def _with_names(command: CommandHelp, samples: Sequence[str]) -> tuple[str, ...]:
    """The examples about accounts that exist; without one, where its name stands. A nomination is of a new one."""
    if command.word == "account nominate":
        return command.examples
    names = [*(f'"{each}"' for each in samples if '"' not in each and "`" not in each), ACCOUNT, ACCOUNT]
    swaps = dict(zip(SAMPLES, names, strict=False))
    return tuple(SAMPLE.sub(lambda found: swaps[found[0]], example) for example in command.examples)
