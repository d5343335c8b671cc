"""A small program to ask about, and questions in a direct message."""

from sandbox.testing import MessageView, Person
from tests.stories.team import CHANNEL, Team


async def asks(
    team: Team,
    person: Person,
    question: str,
    *,
    thread: MessageView | None = None,
    viewing: MessageView | str = "",
) -> str:
    """The bot's answer in the direct conversation, or in a thread of it, beside the channel or message `viewing`."""
    before = len(team.direct_words(person))
    await person.says(question, to="cadence", thread=thread, viewing=viewing)
    await team.quiet()
    [answer] = team.direct_words(person)[before:]
    return answer


async def answer_of(team: Team, person: Person) -> MessageView:
    return MessageView(team.sandbox.slack, team.sandbox.workspace.im(person.id).messages[-1])


async def program(team: Team) -> None:
    """Initech is Ann's and moved; Globex is Bob's and blocked; both have an action."""
    await team.knows("Initech")
    await team.knows("Globex", owner="bob", tier=2)
    await team.ann.types("/move initech to engaged The CFO joined https://notes.example/1", in_=CHANNEL)
    await team.bob.types("/blocker globex Legal is slow", in_=CHANNEL)
    await team.ann.types("/next initech Call the CFO by fri", in_=CHANNEL)
    await team.bob.types("/next globex Write to legal by fri", in_=CHANNEL)
