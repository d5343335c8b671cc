"""Files given in Slack to be imported: asked for, shown, answered about, confirmed, and done.

What there is to do with a file is a row, taken up by whoever runs the bot: so it survives a restart, and is done once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import Source
from agendas.facts.audience import Audience
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.people import Author
from agendas.pages.imports.preview import done_page
from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.page import Item
from agendas.rendering.words import Words
from agendas.rules.imports.questions import ImportQuestions, from_store, to_store
from agendas.rules.imports.reading.dates import DateOrder, ImportOptions, Naming
from agendas.text.limits import shortened
from agendas.verbs.letters.queue import direct
from storage import accounts, file_imports, workspaces
from storage.tables import FileImport, FileImportState

LEASE = timedelta(minutes=2)
"""Time for which a file is leased to a worker, unless it is renewed."""

NAME_CHARACTERS = 200

TYPED = "naming"
"""What a row holds that has accounts named in words, in the place of a file."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work on a file: to be shown, when `is_confirmed` written, or when `is_undo` taken back, for the author.

    `what` is the kind of file, '' for as its header says; `run_id` the run to take back, or of an attempt to write that
    ended in the middle. `typed` is in the place of a file where accounts were named in words.
    """

    number: int
    step: int
    author: Author
    what: str
    file_id: str
    file_name: str
    options: ImportOptions
    is_confirmed: bool
    run_id: int | None
    is_undo: bool = False
    typed: str = ""

    @property
    def mark(self) -> str:
        """Value of this preview's buttons."""
        return f"{self.number} {self.step}"

    @property
    def audience(self) -> Audience:
        """The reader of what is told about the file."""
        return Audience(self.author.workspace_id, user_id=self.author.user_id)

    def author_at(self, now: datetime) -> Author:
        """The author, recording something now."""
        return replace(self.author, at=now)


def ask_for(session: Session, author: Author, *, what: str, file_id: str, file_name: str) -> FileImport:
    """Take a file, to be read and shown to the author."""
    row = FileImport(
        workspace_id=author.workspace_id,
        user_id=author.user_id,
        file_id=file_id,
        file_name=shortened(file_name, NAME_CHARACTERS) or "file",
        what=what,
        state=FileImportState.ASKED,
        asked_at=author.at,
    )
    return file_imports.save(session, row)


def questions_about(session: Session, author: Author, number: int, step: int) -> tuple[str, ImportQuestions]:
    """Return the file's name and the questions about it. Raises Outdated unless this preview is the last one."""
    row = _shown(file_imports.find(session, author.workspace_id, number), author, step)
    return row.file_name, from_store(row.questions, accounts.names(session, author.workspace_id))


def answer(
    session: Session,
    author: Author,
    mark: tuple[int, int],
    *,
    dates: str,
    currency: str,
    stages: Mapping[str, Phase],
    companies: Mapping[str, str],
    further: str,
    crm: str = "",
    what: str = "",
    naming: Naming | None = None,
) -> str:
    """Keep the answers, have the file read and shown again, and return its name. Raises Outdated as above."""
    row = _shown(file_imports.locked(session, author.workspace_id, mark[0]), author, mark[1])
    row.dates, row.currency = dates or row.dates, currency or row.currency
    row.stages = row.stages | {name: phase.value for name, phase in stages.items()}
    row.companies, row.further = row.companies | dict(companies), further or row.further
    row.crm, row.what = crm or row.crm, what or row.what
    if naming is not None:
        row.naming = asdict(naming)
    row.state, row.step = FileImportState.ASKED, row.step + 1
    file_imports.save(session, row)
    return row.file_name


def confirm(session: Session, author: Author, number: int, step: int, *, names_accounts: bool = False) -> str:
    """Have the file written and return its name; with `names_accounts` its accounts are put on the list too.

    Raises Outdated as above: doing it twice does it once.
    """
    row = _shown(file_imports.locked(session, author.workspace_id, number), author, step)
    row.state, row.names_accounts = FileImportState.CONFIRMED, names_accounts
    file_imports.save(session, row)
    return row.file_name


def take_up(session: Session, now: datetime) -> Job | None:
    """Lease the next file with which something is to be done; None for none."""
    row = file_imports.claim(session, now=now, lease=LEASE)
    if row is None:
        return None
    zone = workspaces.zone(session, row.workspace_id)
    return job_of(row, now, zone)


def job_of(row: FileImport, now: datetime, zone: str) -> Job:
    """The work on the file that its row stands for."""
    stages = tuple((name, Phase(phase)) for name, phase in row.stages.items())
    dates = DateOrder(row.dates) if row.dates else None
    return Job(
        number=row.row_id,
        step=row.step,
        author=Author(row.workspace_id, row.user_id, Source.COMMAND if row.typed else Source.IMPORT, now, zone),
        what=row.what,
        file_id=row.file_id,
        file_name=row.file_name,
        options=ImportOptions(
            now,
            dates,
            stages,
            row.currency,
            zone,
            tuple(row.companies.items()),
            OpportunityType(row.further) if row.further else None,
            row.crm,
            # a preview shows what can be named; a file that was confirmed names nothing unless that was asked for
            Naming(**row.naming) if row.names_accounts or row.state != FileImportState.CONFIRMED else None,
        ),
        is_confirmed=row.state == FileImportState.CONFIRMED,
        run_id=row.run_id,
        is_undo=row.state == FileImportState.UNDO,
        typed=row.typed,
    )


def go_on(session: Session, job: Job, *, run_id: int, now: datetime) -> None:
    """Renew the lease of the file, and keep the run it belongs to."""
    row = _row(session, job)
    row.run_id = run_id
    file_imports.extend(session, row, now=now, lease=LEASE)


def let_go(session: Session, job: Job) -> None:
    """End the lease of the file, so that another worker takes it up."""
    row = _row(session, job)
    row.leased_until = None
    file_imports.save(session, row)


def show(session: Session, job: Job, preview: Sequence[Rendered], questions: ImportQuestions) -> None:
    """Queue the preview, which can be answered and confirmed from now on."""
    _end(session, job, preview, state=FileImportState.SHOWN).questions = to_store(questions)


def finish(
    session: Session,
    job: Job,
    sentence: str,
    words: Words,
    *,
    lines_left_out: Sequence[int] = (),
    proposed: Sequence[Item] = (),
    done: bool = True,
    run_id: int | None = None,
) -> None:
    """Queue the outcome of the file, of which nothing is left to do; `done` is false when it was refused.

    `run_id` is the import that a button below it can undo.
    """
    page = done_page(
        sentence,
        words,
        file_name=job.file_name,
        lines_left_out=lines_left_out,
        proposed=proposed,
        run_id=run_id,
        is_typed=job.what == TYPED,
    )
    _end(session, job, messages(page), state=FileImportState.DONE if done else FileImportState.REFUSED)


def _end(session: Session, job: Job, rendered: Sequence[Rendered], *, state: FileImportState) -> FileImport:
    row = _row(session, job)
    row.state, row.leased_until = state, None
    author, key = job.author, f"file_import:{job.number}:{job.step}:{state}"
    direct(session, author.workspace_id, author.user_id, rendered, key=key, now=author.at)
    return file_imports.save(session, row)


def _row(session: Session, job: Job) -> FileImport:
    row = file_imports.locked(session, job.author.workspace_id, job.number)
    if row is None:
        raise Outdated("This file is not known any more.")
    return row


def _shown(row: FileImport | None, author: Author, step: int) -> FileImport:
    """Return the file as this person was shown it. Raises Outdated when it has come further, or is not theirs."""
    if row is None or row.user_id != author.user_id:
        raise Outdated("This file is not known any more. Give it again with /abm import.")
    if row.step != step:
        raise Outdated(f"{row.file_name} was read again since. Use the newest message about it.")
    if row.typed and row.state in (FileImportState.CONFIRMED, FileImportState.DONE):
        raise Outdated("These accounts were named already. See the list with /abm list.")
    if row.state != FileImportState.SHOWN:
        raise Outdated(TOO_LATE[row.state].format(name=row.file_name))
    return row


TOO_LATE = {
    FileImportState.UNDO: "{name} is being undone. The outcome comes in a moment.",
    FileImportState.ASKED: "{name} is being read. A preview comes in a moment.",
    FileImportState.CONFIRMED: "{name} is being imported already. The outcome comes in a moment.",
    FileImportState.DONE: (
        "{name} was imported already. Give the file again with /abm import to import what changed in it since."
    ),
    FileImportState.REFUSED: "{name} could not be imported. Give it again with /abm import.",
}
