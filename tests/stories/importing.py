"""Files taken in while the team works: by the form of /abm import, and as `cadence import FILE --apply` does."""

from agendas.facts.account import Source
from agendas.facts.deals import Phase
from agendas.facts.people import Author
from agendas.rules.import_tables import ImportOptions, read_table
from agendas.verbs.import_runs import begin_import
from agendas.verbs.imports import kind_of
from tests.stories.team import CHANNEL, Team


async def imports(team: Team, header: str, *rows: str, **stages: Phase) -> list[str]:
    """Import the file as `cadence import --apply` does, its stages given; return the stages that it asks about."""
    author = Author(team.workspace_id, "command line", Source.IMPORT, team.clock.now())
    options = ImportOptions(author.at, stages=tuple(stages.items()))
    table = read_table("\n".join((header, *rows)).encode())
    kind = kind_of(table, None)
    file = kind.read(table, options)
    plan = await team.store.read(kind.plan, team.workspace_id, file.rows, options)
    await team.store.write(kind.learn, team.workspace_id, file.rows, options)
    if not plan.changes_nothing:
        run = await team.store.write(begin_import, plan, author, file_name="sample.csv", what=kind.word)
        for part in kind.parts(plan):
            await team.store.write(kind.write, run.row_id, author, part)
        await team.quiet()
    return [asked.name for asked in kind.questions(plan, options).stages]


async def gives(team: Team, name: str, content: bytes, *, what: str = "What its header says") -> str:
    """Return the first answer to Ann after she submits the form with this file."""
    await team.ann.types("/abm import", in_=CHANNEL)
    form = await team.form(team.ann)
    await team.ann.fills(what=what)
    attached = await team.ann.attaches(name, content, to="File")
    assert attached.ok, attached.error
    outcome = await team.ann.submits()
    assert outcome.ok, form.errors
    words = team.ann.form.words
    await team.ann.closes()
    return words
