"""A direct message with one button, as a page of the bot shows it."""

from agendas.rendering.blockkit import messages
from agendas.rendering.page import Buttons, Page, Text
from agendas.rendering.words import Words, labelled
from agendas.verbs.letters import queue_page_to
from sandbox.testing import Person, Seen
from tests.stories.team import Team


async def shown_button(team: Team, person: Person, action: str, value: str = "") -> Seen:
    """The message with the button of this action, once the person sees it."""
    title = f"Button {action} {value} of {len(team.letters())}"
    page = Page(title, (Text(title), Buttons((labelled(Words(), action, value),))), key="shown")
    await team.store.write(
        queue_page_to, team.workspace_id, person.id, messages(page), key=f"test:{title}", now=team.clock.now()
    )
    await team.quiet()
    return await team.is_told(person, title)
