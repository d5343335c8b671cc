"""Every command: how it is written, what it does, examples; and the sentences of refusals."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import yaml

from agendas.errors import Unclear
from agendas.facts.people import Function, PersonFacts, Right
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import escape, length, read
from agendas.rendering.page import Button, Buttons, Heading, Item, Menu, Note, Page, Text, sentence_page
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Permission, may

# Every command: one table, which help, manifest and handlers agree on.


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """One command. `word` is the slash command without its slash, and the word after it if it has one."""

    word: str
    usage: str
    meaning: str
    examples: tuple[str, ...] = ()


COMMANDS = tuple(
    CommandHelp(word, usage, meaning, tuple(examples))
    for word, usage, meaning, *examples in yaml.safe_load(Path(__file__).with_name("commands.yaml").read_text("utf-8"))
)


# Help: what each function does on which day, and a command explained, with examples about accounts that exist.

SAMPLES = ("acme", "globex")
SAMPLE = re.compile(rf"\b({'|'.join(SAMPLES)})\b(?!\.)")
"""An account in the examples, which are shown with names of the list; no domain."""
ACCOUNT = "ACCOUNT"

HELP_COMMAND = "help.command"
"""The action of the menu of commands."""


class HelpPart(StrEnum):
    """Whom a part of the help is for; the action of its button is `help.` and this."""

    SALES = "sales"
    MARKETING = "marketing"
    PRODUCT = "product"
    EXECUTIVE = "executive"
    ADMIN = "admin"


PARTS: Mapping[Function, HelpPart] = {
    Function.SALES: HelpPart.SALES,
    Function.MARKETING: HelpPart.MARKETING,
    Function.CUSTOMER_SUCCESS: HelpPart.PRODUCT,
    Function.PRODUCT: HelpPart.PRODUCT,
    Function.FINANCE: HelpPart.PRODUCT,
    Function.EXECUTIVE: HelpPart.EXECUTIVE,
}


def part_of(person: PersonFacts) -> HelpPart | None:
    """The part for the person's function; without one that for admins, None for anybody else."""
    if person.function is not None:
        return PARTS[person.function]
    return HelpPart.ADMIN if may(person, Permission.ADMINISTER) else None


def commands_of(word: str) -> tuple[CommandHelp, ...]:
    """The commands that a word means: `skip`, `review`, `/review skip`; empty when none does."""
    typed = " ".join(word.casefold().replace("/", " ").split()).removeprefix("abm help ")
    exact = tuple(c for c in COMMANDS if c.word.casefold() == typed)
    within = tuple(c for c in COMMANDS if typed in c.word.casefold().split())
    # a single word, such as `review`, means every command that has it
    return exact if exact and " " in typed else within or exact


def help_page(words: Words, word: str = "", samples: Sequence[str] = (), *, part: HelpPart | None = None) -> Page:
    """The commands that a word means, with examples; else one screen of what people of a part do on which day.

    That screen has a menu of every command. `word` may name the part too: `sales`; a word that means nothing is said
    to be unknown. `samples` are names of accounts for the examples.
    """
    found = commands_of(word) if word.strip() else ()
    if found:
        commands = (replace(each, examples=_with_names(each, samples)) for each in found)
        texts = tuple(Text(words.say("program.help_one", command=command)) for command in commands)
        heading, note = Heading(words.raw("program.help_heading")), Note(words.say("program.help_note"))
        return Page(words.raw("program.help_title", count=len(found)), (heading, *texts, note), key="help")
    typed = word.strip().casefold()
    if typed in tuple(HelpPart):
        part, word = HelpPart(typed), ""
    others = tuple(each for each in HelpPart if each is not part)
    buttons = Buttons(tuple(labelled(words, f"help.{each}") for each in others))
    # a word that the table has several times is shown once, with its first meaning
    meanings = {each.word: each.meaning.replace("`", "") for each in reversed(COMMANDS)}
    entries = tuple((f"{word}: {meaning}", word) for word, meaning in reversed(meanings.items()))
    menu = Menu(words.label(HELP_COMMAND), HELP_COMMAND, entries)
    return words.page("help", key="help", parts={"parts": (buttons,), "commands": (menu,)}, part=part, unknown=word)


def _with_names(command: CommandHelp, samples: Sequence[str]) -> tuple[str, ...]:
    """The command's examples with names of existing accounts, or ACCOUNT without one; a nomination is of a new one."""
    if command.word == "account nominate":
        return command.examples
    # a name with a quote or a backtick would end the quotes or the code around it
    names = [*(f'"{each}"' for each in samples if '"' not in each and "`" not in each), ACCOUNT, ACCOUNT]
    swaps = dict(zip(SAMPLES, names, strict=False))
    return tuple(SAMPLE.sub(lambda found: swaps[found[0]], example) for example in command.examples)


# Refusals: of rights, with who can change them, and of words, with the commands that may have been meant.

RUN = "command.run"
"""The action of a button whose value is a command to run."""


def refused_page(permission: Permission, right: Right, words: Words, *, admins: Sequence[str]) -> Page:
    """One sentence with the person's right and the admins who can change it."""
    return sentence_page(words.say("program.refused", permission=permission, right=right, admins=admins))


def outsider_page(kind: str, words: Words, *, admins: Sequence[str]) -> Page:
    """One sentence for a guest, external, deactivated or unknown person, with whom to ask."""
    return sentence_page(words.say("program.outsider", kind=kind, admins=admins))


def offers_page(error: Unclear, words: Words) -> Page:
    """The sentence, and a button for each command that may have been meant; the button's value is the command.

    A command that is too long for a button is shown instead, so that it can be copied.
    """
    # JSON can bring half of a character of two UTF-16 units, which cannot be sent
    commands = {each: each.command.encode("utf-8", "replace").decode() for each in error.offers}
    fitting = [each for each, command in commands.items() if length(command) <= BUTTON_VALUE_CHARACTERS]
    items: list[Item] = [Text(escape(str(error)))]
    if fitting:
        items.append(Buttons(tuple(Button(each.label, RUN, commands[each]) for each in fitting)))
    elif error.offers:
        items.append(Text(words.say("program.offer_too_long", command=commands[error.offers[0]])))
    if error.typed and fitting:
        items.append(Note(words.say("answers.typed", command=error.typed)))
    return Page(str(error), tuple(items), key="offers")


def no_account_page(words: Words) -> Page:
    sentence = words.say("program.account_gone")
    return Page(read(sentence), (Text(sentence), Buttons((labelled(words, "abm.list"),))), key="no_account")
