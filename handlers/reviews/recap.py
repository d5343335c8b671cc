"""Buttons of a recap: its details for the presser alone, and the files."""

from agendas.facts.program.trail import TrailSubject
from agendas.pages.reviews.recap_details import recap_details_page
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.reviews.recap_file import closed_review, recap_file
from agendas.verbs.trail.note import note_change
from handlers.edge.deps import Deps, File
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.edge.routes import Handler


async def details(request: Request, deps: Deps) -> Reply:
    """Outcome for each account, as the presser may see it."""
    request.require(Deed.READ)
    review = await deps.read_long(closed_review, request.workspace_id, request.number, now=request.now)
    return Say(recap_details_page(review, deps.words))


def sends(ending: str) -> Handler:
    """The handler that sends the recap as a file of this ending, as its presser may see it."""

    async def send(request: Request, deps: Deps) -> Reply:
        request.require(Deed.READ)
        number = request.number
        name, content = await deps.read_long(
            recap_file, request.workspace_id, number, ending, words=deps.words, now=request.now
        )
        # noted before it is sent: a click delivered twice would send two files
        await deps.write(request, note_change, request.author, TrailSubject.REPORT, "recap", after={"file_name": name})
        await deps.send_file(request.workspace_id, request.person.user_id, File(name, content))
        return Say(said(deps.words.say("answers.recap_sent", name=name)))

    return send
