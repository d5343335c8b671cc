"""/abm: the menu, the checklist of admins, help, health and export; its other words come from their subjects."""

from collections.abc import Collection, Mapping
from functools import partial
from time import perf_counter

from agendas.pages.account_list import MENU as ACCOUNT_LIST_MENU
from agendas.pages.account_list import MenuEntry, menu_page
from agendas.pages.admin import health_page, setup_lines
from agendas.pages.command_help import HELP_COMMAND, RUN, HelpPart, help_page, part_of
from agendas.rendering.page import Item, Page, sentence_page
from agendas.rules.access import Permission, may
from agendas.verbs.card import list_counts
from agendas.verbs.exports import archive
from agendas.verbs.home import sample_names
from agendas.verbs.reads import setup_facts, workspace_health
from agendas.verbs.trail import note_export
from handlers import forms
from handlers.account_list import EDIT
from handlers.command_words import first_word, unknown_word
from handlers.edge.access import Handler
from handlers.edge.deps import Deps, File
from handlers.edge.replies import Reply, RunCommand, Say
from handlers.edge.request import Request
from handlers.subject import Subject, Word

# The checklist of what is not set up yet, and the button that gives an account its owner.


async def checklist(request: Request, deps: Deps) -> tuple[Item, ...]:
    """Lines of the steps still to be taken; none for people who are no admins."""
    if not may(request.person, Permission.ADMINISTER):
        return ()
    return setup_lines(await deps.read(setup_facts, request.workspace_id), deps.words)


async def choose_owner(request: Request, deps: Deps) -> Reply:
    """The form of an account that nobody owns."""
    request.require(Permission.DECIDE)
    origin = forms.origin_here(request, request.number)
    return await forms.open_form(request, deps, EDIT, origin)


# Pages of /abm: the menu, health and help.


async def menu(request: Request, deps: Deps) -> Page:
    """How full the list is, and where to go."""
    counts = await deps.read(list_counts, request.workspace_id)
    return menu_page(
        counts.named,
        deps.words,
        candidates=counts.candidates,
        paused=counts.paused,
        settings=counts.settings,
        person=request.person,
        to_set_up=await checklist(request, deps),
    )


def runs(entry: MenuEntry) -> Handler:
    """The handler of a button of the menu that runs a command."""

    async def run(_request: Request, _deps: Deps) -> Reply:
        return RunCommand(entry.command, entry.text)

    return run


async def run_offered(request: Request, _deps: Deps) -> Reply:
    command, _, text = request.value.partition(" ")
    return RunCommand(command, text, key=request.question_key)


async def health(request: Request, deps: Deps, _rest: str) -> Reply:
    """Whether the bot works in this workspace, with the time that the database took to answer."""
    request.require(Permission.INSPECT)
    asked_at = perf_counter()
    facts = await deps.read(workspace_health, request.workspace_id, now=request.now)
    took = round((perf_counter() - asked_at) * 1000)
    zone = request.person.time_zone
    page = health_page(
        facts,
        deps.words,
        version=deps.version,
        answered_in_milliseconds=took,
        zone=zone,
        now=request.now,
        has_model=deps.model is not None,
    )
    return Say(page)


async def show_help(request: Request, deps: Deps, rest: str) -> Reply:
    """The commands that the words mean, with examples about accounts; else what the person's function does when."""
    samples = await deps.read(sample_names, request.workspace_id, request.person.user_id)
    return Say(help_page(deps.words, rest, samples, part=part_of(request.person)))


async def help_button(request: Request, deps: Deps) -> Reply:
    """The help, or the command chosen in its menu."""
    return await show_help(request, deps, request.value)


async def help_of_part(_request: Request, deps: Deps, *, part: HelpPart) -> Reply:
    """The help of another function, instead of the one shown."""
    return Say(help_page(deps.words, part=part), replace=True)


# /abm: the menu, the words of many subjects, and every other command behind one word.

USAGE = (
    "/abm [list | ask | executive | scoreboard | measures | audit | versions | plays | settings | preferences | "
    "people | away | import | export | mail | signals | trail | questions | health], each explained by /abm help WORD, "
    "or any other command: /abm move ..."
)


def abm_command(words: Mapping[str, Word], commands: Collection[str]) -> Handler:
    """The handler of /abm: `words` are its own, `commands` the others, such as `/move`."""
    other_words = tuple(command.removeprefix("/") for command in commands)

    async def abm(request: Request, deps: Deps) -> Reply:
        """The menu without words, another command by its name, or the answer of a word. Raises NotUnderstood."""
        word, rest = first_word(request.text)
        if not word:
            return Say(await menu(request, deps))
        if word in other_words:
            return RunCommand(f"/{word}", rest.strip())
        if word not in words:
            raise unknown_word(request, (*words, *other_words), USAGE)
        return await words[word](request, deps, rest)

    return abm


# /abm export: everything of the workspace, as a file in a direct message.


async def export(request: Request, deps: Deps, _rest: str) -> Reply:
    """Send the archive to the admin who asked."""
    request.require(Permission.ADMINISTER)
    content, rows = await deps.read_long(archive, request.workspace_id)
    name = f"cadence-export-{request.now:%Y-%m-%d}.zip"
    # noted before it is sent: a command delivered twice would send two files
    await deps.write(request, note_export, request.author)
    await deps.send_file(request.workspace_id, request.person.user_id, File(name, content))
    return Say(sentence_page(deps.words.say("answers.exported", rows=rows, name=name)))


MENU = Subject(
    abm_words={"export": export, "health": health, "help": show_help},
    buttons={
        "abm.help": help_button,
        HELP_COMMAND: help_button,
        **{f"help.{part}": partial(help_of_part, part=part) for part in HelpPart},
        RUN: run_offered,
        "setup.owner": choose_owner,
        **{entry.action: runs(entry) for row in ACCOUNT_LIST_MENU for entry in row if entry.command},
    },
)
