"""Every command: how it is written, what it does, examples; and the sentences of refusals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agendas.errors import Unclear
from agendas.facts.people import Right
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import escape, length, read
from agendas.rendering.page import Button, Buttons, Heading, Item, Note, Page, Rows, Text, said
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Deed
from agendas.text.limits import SHOWN_CHARACTERS, shortened

# Help about the commands that record something of an account, and the shape of the help about every command.


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """One command. `word` is the slash command without its slash, and the word after it if it has one."""

    word: str
    usage: str
    meaning: str
    examples: tuple[str, ...] = ()


UPDATES = (
    CommandHelp(
        "move",
        "/move ACCOUNT [to STAGE] TEXT",
        "records movement; stages are target, aware, engaged, MQA, opportunity, customer",
        (
            "/move acme to engaged CFO joined the demo https://notes.example.com/demo",
            "/move acme they hired a new CIO",
        ),
    ),
    CommandHelp(
        "move waiting",
        "/move ACCOUNT waiting until DATE because TEXT",
        "records a date that the buyer confirmed, with its link; until then the account is not stalled",
        ("/move acme waiting until 14 dec because their board decides https://notes.example.com/mail",),
    ),
    CommandHelp("move nothing", "/move ACCOUNT nothing", "records that nothing moved", ("/move acme nothing",)),
    CommandHelp(
        "blocker",
        "/blocker ACCOUNT TEXT [@who] [needs FUNCTION]",
        "records a blocker, its owner and whose help it needs",
        ("/blocker acme legal has the data agreement @bob needs finance",),
    ),
    CommandHelp(
        "blocker resolve",
        "/blocker ACCOUNT resolve [TEXT]",
        "resolves a blocker",
        ("/blocker acme resolve the agreement is signed",),
    ),
    CommandHelp(
        "next",
        "/next ACCOUNT TEXT [@who] [by DATE]",
        "records a next action; yours and by the next review unless you say otherwise",
        ("/next acme call the CFO @ann by fri",),
    ),
    CommandHelp(
        "next done",
        "/next ACCOUNT done [TEXT]",
        "closes the open next action as done",
        ("/next acme done they signed the order form",),
    ),
    CommandHelp(
        "next slipped",
        "/next ACCOUNT slipped to DATE because TEXT",
        "moves the open next action to a later date",
        ("/next acme slipped to 4 dec because legal is slow",),
    ),
    CommandHelp(
        "next dropped",
        "/next ACCOUNT dropped because TEXT",
        "drops the open next action",
        ("/next acme dropped because they bought elsewhere",),
    ),
    CommandHelp(
        "next give",
        "/next ACCOUNT give TEXT to @who",
        "gives the open next action of that text to somebody else",
        ("/next acme give call the CFO to @ann",),
    ),
    CommandHelp(
        "signal",
        "/signal ACCOUNT KIND [STRENGTH] TEXT",
        "notes a signal, a hint that moves no stage",
        ("/signal acme hiring high they look for a head of procurement",),
    ),
)


# Commands about our own people: functions, rights, leads, and days away.

PEOPLE = (
    CommandHelp("abm people", "/abm people [NAME]", "functions and rights, of all or by name", ("/abm people ann",)),
    CommandHelp(
        "abm people",
        "/abm people @who FUNCTION RIGHT",
        "gives a person a function and a right; for admins",
        ("/abm people @bob marketing editor",),
    ),
    CommandHelp(
        "abm people",
        "/abm people @who leads FUNCTION",
        "makes a person the lead of a function, who is asked where the function is; for admins",
        ("/abm people @vic leads product and finance", "/abm people @vic leads nothing"),
    ),
    CommandHelp(
        "abm hand over",
        "/abm hand over [@who]",
        "hands over all of your, or for admins anybody's, accounts, actions, blockers and asks",
        ("/abm hand over @bob",),
    ),
    CommandHelp(
        "abm away",
        "/abm away [DATE to DATE] [@who]",
        "who is away now and soon; or the days on which you are, and who stands in; `/abm away back` ends them",
        ("/abm away fri", "/abm away 21 dec to 3 jan @bob", "/abm away back"),
    ),
    CommandHelp(
        "abm away",
        "/abm away everyone DATE to DATE [NAME]",
        "days on which no review is held anywhere; `/abm away holidays COUNTRY`: nobody is reminded then; for admins",
        ("/abm away everyone 24 dec to 1 jan Winter break", "/abm away holidays Germany Bayern"),
    ),
)


# Every command: how it is written, what it does, examples. One table, which help, manifest and handlers agree on.

COMMANDS = (
    CommandHelp("account", "/account", "my accounts with state, days and next date"),
    CommandHelp("account ACCOUNT", "/account ACCOUNT", "the card of one account", ("/account acme",)),
    CommandHelp(
        "account list",
        "/account list [FILTER ...]",
        "the list, as `/abm list` shows it",
        ("/account list tier 1",),
    ),
    CommandHelp(
        "account why",
        "/account ACCOUNT why",
        "why it is on the list, and in its bucket: each rule, limit and entry behind it, and its scores",
        ("/account acme why",),
    ),
    CommandHelp("account history", "/account ACCOUNT history", "everything recorded", ("/account acme history",)),
    CommandHelp("account group", "/account ACCOUNT group", "the buying group", ("/account acme group",)),
    CommandHelp(
        "account group add",
        "/account ACCOUNT group add NAME, TITLE, ROLE E-MAIL",
        "adds somebody to the buying group",
        ("/account acme group add Rita Sample, CFO, economic buyer rita@acme.example",),
    ),
    CommandHelp(
        "account met",
        "/account ACCOUNT met [@who] THEIR NAME [on DATE]: WHAT CAME OF IT",
        "records that an executive of ours met one of theirs",
        ("/account acme met @paula Dana Weber, CFO on 12 nov: agreed on a pilot",),
    ),
    CommandHelp(
        "account fit",
        "/account ACCOUNT fit",
        "fit with its scores, missing answers and proposal",
        ("/account acme fit",),
    ),
    CommandHelp(
        "account deals",
        "/account ACCOUNT deals",
        "open deals by phase, won and lost ones, sums by currency",
        ("/account acme deals",),
    ),
    CommandHelp(
        "account narrative",
        "/account ACCOUNT narrative",
        "the account's business pressure, our point of view, proof and ask; earlier versions",
        ("/account acme narrative",),
    ),
    CommandHelp(
        "account product",
        "/account ACCOUNT product",
        "use case, proof, implementation fit and feedback to product",
        ("/account acme product",),
    ),
    CommandHelp(
        "account product add",
        "/account ACCOUNT product add KIND TEXT LINK",
        "adds a use case, proof, fit or feedback, also for viewers of product; the form without one",
        ("/account acme product add use case They plan routes for 60 depots",),
    ),
    CommandHelp(
        "account plays",
        "/account ACCOUNT plays",
        "running plays with their steps, and past plays with their outcome",
        ("/account acme plays",),
    ),
    CommandHelp(
        "account plays start",
        "/account ACCOUNT plays start NAME",
        "opens the form to start that play",
        ("/account acme plays start executive meeting",),
    ),
    CommandHelp(
        "account nominate",
        "/account nominate NAME [DOMAIN] [owner @who] [because TEXT]",
        "proposes an account for the list",
        (
            "/account nominate Acme Corp acme.example",
            "/account nominate Acme Corp acme.example owner @nora because they open six warehouses",
        ),
    ),
    CommandHelp(
        "account owner",
        "/account ACCOUNT owner @who",
        "gives the account to somebody, or to `nobody`",
        ("/account acme owner @nora",),
    ),
    CommandHelp(
        "account partner",
        "/account ACCOUNT partner @who",
        "says who works on it for marketing",
        ("/account acme partner @ines",),
    ),
    CommandHelp(
        "account executive",
        "/account ACCOUNT executive @who",
        "says who of our executives stands for it",
        ("/account acme executive @paula",),
    ),
    CommandHelp("account edit", "/account edit ACCOUNT", "opens the account's form", ("/account edit acme",)),
    CommandHelp(
        "account private",
        "/account private ACCOUNT",
        "makes the account private to a channel that you are in, or lets everybody see it again",
        ("/account private acme",),
    ),
    CommandHelp(
        "account name",
        "/account name ACCOUNT tier 1 because TEXT",
        "puts a candidate on the list; the reason may go on with now: TEXT and motion: TEXT",
        (
            "/account name acme tier 1 because they renew in spring",
            "/account name acme tier 1 because 400 seats, now: they renew in spring, motion: our CFO calls theirs",
            "/account name acme, globex, initech tier 2 because they grow",
        ),
    ),
    CommandHelp(
        "account tier",
        "/account tier ACCOUNT 2 because TEXT",
        "changes the tier; the reason may go on as that of a naming",
        ("/account tier acme 2 because the budget was cut",),
    ),
    CommandHelp(
        "account pause",
        "/account pause ACCOUNT because TEXT",
        "takes it out of reviews for a while",
        ("/account pause acme because they reorganise until spring",),
    ),
    CommandHelp(
        "account remove",
        "/account remove ACCOUNT because TEXT",
        "takes it off the list and keeps its history",
        ("/account remove acme because they were acquired",),
    ),
    CommandHelp(
        "account reject",
        "/account reject ACCOUNT because TEXT",
        "says no to a candidate",
        ("/account reject acme because it has 20 seats",),
    ),
    CommandHelp(
        "account restore",
        "/account restore ACCOUNT because TEXT",
        "brings a paused, removed or rejected account back",
        ("/account restore acme because the freeze is over",),
    ),
    *UPDATES,
    CommandHelp(
        "account signals", "/account ACCOUNT signals", "its signals and engagement", ("/account acme signals",)
    ),
    CommandHelp("review", "/review", "this channel's review: rhythm, next three dates, buttons"),
    CommandHelp(
        "review schedule",
        "/review schedule [executive]",
        "sets or changes the rhythm, time and accounts; or a monthly executive review",
    ),
    CommandHelp(
        "review now",
        "/review now [ACCOUNT, ...]",
        "posts a review at once, of all or of these accounts",
        ("/review now", "/review now acme, globex"),
    ),
    CommandHelp("review close", "/review close", "asks who was there, closes the open review and posts the recap"),
    CommandHelp(
        "review skip",
        "/review skip [DATE] because TEXT",
        "leaves one date out",
        ("/review skip 2026-12-28 because of the holidays",),
    ),
    CommandHelp(
        "review move",
        "/review move [DATE] to DATE [TIME]",
        "holds one review at another time",
        ("/review move to tue 10:00",),
    ),
    CommandHelp("review pause", "/review pause", "stops reviews until they are resumed"),
    CommandHelp(
        "review resume",
        "/review resume",
        "resumes paused reviews, and retries a channel where posting failed",
    ),
    CommandHelp("review history", "/review history [#channel]", "past reviews, each opened as it was"),
    CommandHelp("review ledger", "/review ledger", "what was posted, late, missed or refused"),
    CommandHelp("abm", "/abm", "the menu of the program"),
    CommandHelp(
        "abm list",
        "/abm list [FILTER ...]",
        "the list by tier, with paused and candidates; or the accounts of a tier, state, person, segment or status",
        ("/abm list 1", "/abm list tier 2 stalled", "/abm list mine without a next action", "/abm list candidates"),
    ),
    CommandHelp(
        "abm ask",
        "/abm ask WORDS",
        "an answer to a question, for you alone; Share shows it to the channel",
        ("/abm ask what is overdue in tier 1", "/abm ask who owns acme"),
    ),
    CommandHelp(
        "abm measures",
        "/abm measures [MONTH]",
        "progression, conversion, velocity, pipeline, coverage and reviews, with the accounts behind each number",
        ("/abm measures", "/abm measures 2026-10", "/abm measures 2026-10-15"),
    ),
    CommandHelp(
        "abm audit",
        "/abm audit [MONTH]",
        "whether list, marketing, sales, product and measurement work as one program: what fails, and what to do next",
        ("/abm audit", "/abm audit 2026-10", "/abm audit 2026-10-15"),
    ),
    CommandHelp(
        "abm versions",
        "/abm versions [DATE]",
        "the list on a date; without one, what changed in the last 30 days",
        ("/abm versions", "/abm versions 2026-11-02"),
    ),
    CommandHelp(
        "abm versions",
        "/abm versions DATE to DATE",
        "what changed on the list between two dates, by whom and why",
        ("/abm versions 2026-10-01 to 2026-11-02",),
    ),
    CommandHelp(
        "abm executive",
        "/abm executive [MONTH]",
        "the executive review of a month on one page: who needs intervention, stalled, expanded, advanced",
        ("/abm executive", "/abm executive october", "/abm executive 2026-10-15"),
    ),
    CommandHelp(
        "abm scoreboard",
        "/abm scoreboard [FILTER ...] [MONTH]",
        "accounts by need in a table, with the program's measures and charts; filters as of the list, and play NAME",
        ("/abm scoreboard", "/abm scoreboard tier 1 stalled", "/abm scoreboard narrative missing 2026-10"),
    ),
    CommandHelp("abm plays", "/abm plays [TIER]", "the plays with their steps; editors change them", ("/abm plays 1",)),
    CommandHelp(
        "abm settings",
        "/abm settings [WORD]",
        "limits, caps and rhythms of the program with their defaults; admins change them",
        ("/abm settings", "/abm settings tier 1 cap"),
    ),
    CommandHelp("abm preferences", "/abm preferences", "which messages of Cadence you get, and when"),
    *PEOPLE,
    CommandHelp("abm import", "/abm import", "takes a CSV file of accounts, people, deals or signals; for admins"),
    CommandHelp("abm import history", "/abm import history", "the latest imports, each with Undo; for admins"),
    CommandHelp("abm export", "/abm export", "sends admins what they may see as CSV files in a direct message"),
    CommandHelp(
        "abm mail",
        "/abm mail",
        "the addresses that the executive review is mailed to each month, for admins",
        ("/abm mail add dana@acme.example",),
    ),
    CommandHelp("abm signals", "/abm signals", "how programs send signals, for admins"),
    CommandHelp(
        "abm trail",
        "/abm trail [PERIOD] [@who] [ACCOUNT]",
        "who changed what, newest first; editors see what is about accounts",
        ("/abm trail last week", "/abm trail since 1 nov @bob", "/abm trail globex"),
    ),
    CommandHelp("abm health", "/abm health", "health of Cadence: messages, channels, permissions, version; for admins"),
    CommandHelp("abm help", "/abm help [WORD]", "this page, or one command explained", ("/abm help move",)),
)


# Help: all commands, or those that a word means, with examples about accounts that exist.

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


# Refusals: of rights, with who can change them, and of words, with the commands that may have been meant.

RUN = "command.run"
"""The action of a button whose value is a command to run."""


def refused_page(deed: Deed, right: Right, words: Words, *, admins: Sequence[str]) -> Page:
    """One sentence with the person's right and the admins who can change it."""
    return said(words.say("program.refused", deed=deed, right=right, admins=admins))


def outsider_page(kind: str, words: Words, *, admins: Sequence[str]) -> Page:
    """One sentence for a guest, external, deactivated or unknown person, with whom to ask."""
    return said(words.say("program.outsider", kind=kind, admins=admins))


def offers_page(error: Unclear, words: Words) -> Page:
    """The sentence, and a button for each command that may have been meant; the button's value is the command.

    A command that is too long for a button is shown instead, so that it can be copied.
    """
    # half a character, as JSON can bring it, is none that can be sent
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
