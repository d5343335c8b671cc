"""/abm: the menu, the words of many subjects, and every other command behind one word."""

from collections.abc import Collection, Mapping

from handlers.command_words import first_word, unknown_word
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, RunCommand, Say
from handlers.edge.request import Request
from handlers.edge.routes import Handler
from handlers.menu.pages import menu
from handlers.subject import Word

USAGE = (
    "/abm [list | ask | executive | scoreboard | measures | audit | versions | plays | settings | preferences | "
    "people | away | import | export | mail | signals | trail | health], each explained by /abm help WORD, or any "
    "other command: /abm move ..."
)


def abm_command(words: Mapping[str, Word], commands: Collection[str]) -> Handler:
    """The handler of /abm: `words` are its own, `commands` the others, such as `/move`."""
    other_words = tuple(command.removeprefix("/") for command in commands)

    async def abm(request: Request, deps: Deps) -> Reply:
        word, rest = first_word(request.text)
        if not word:
            return Say(await menu(request, deps))
        if word in other_words:
            return RunCommand(f"/{word}", rest.strip())
        if word not in words:
            raise unknown_word(request, (*words, *other_words), USAGE)
        return await words[word](request, deps, rest)

    return abm
