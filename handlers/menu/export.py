"""/abm export: everything of the workspace, as a file in a direct message."""

from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.exports.archive import archive
from agendas.verbs.trail.note import note_export
from handlers.edge.deps import Deps, File
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request


async def export(request: Request, deps: Deps, _rest: str) -> Reply:
    """Send the archive to the admin who asked."""
    request.require(Deed.ADMINISTER)
    made = await deps.read_long(archive, request.workspace_id)
    name = f"cadence-export-{request.now:%Y-%m-%d}.zip"
    # noted before it is sent: a command delivered twice would send two files
    await deps.write(request, note_export, request.author, rows=made.rows)
    await deps.send_file(request.workspace_id, request.person.user_id, File(name, made.content))
    return Say(said(deps.words.say("answers.exported", rows=made.rows, name=name)))
