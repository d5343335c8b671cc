"""The buttons that send a page of the program as a file."""

from agendas.errors import Outdated
from agendas.facts.program.reports import ReportKind
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.reports.files import report
from agendas.verbs.trail.note import note_report
from handlers.edge.deps import Deps, File
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request
from handlers.edge.routes import Handler


def sends(ending: str) -> Handler:
    """The handler that sends the page which the button names as a file of this ending, as its presser may see it."""

    async def send(request: Request, deps: Deps) -> Reply:
        request.require(Deed.READ)
        word, _, month = request.value.partition(" ")
        if word not in set(ReportKind):
            raise Outdated(OTHER_VERSION)
        kind = ReportKind(word)
        made = await deps.read_long(report, request.workspace_id, kind, month, words=deps.words, now=request.now)
        file = File(made.name(ending), made.content(ending))
        # noted before it is sent: a click delivered twice would send two files
        await deps.write(request, note_report, request.author, kind, file_name=file.name)
        await deps.send_file(request.workspace_id, request.person.user_id, file)
        return Say(said(deps.words.say("answers.report_sent", title=made.page.title, name=file.name)))

    return send
