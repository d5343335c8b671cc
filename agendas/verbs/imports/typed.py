"""Several accounts named in words at once: shown, confirmed, written and taken back as the accounts of a file are."""

import csv
import io
from dataclasses import asdict

from sqlmodel import Session

from agendas.errors import CadenceError
from agendas.facts.people import Author
from agendas.pages.imports.preview import preview_page
from agendas.rendering.filters import plural
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.commands.list_changes import SeveralNamed
from agendas.rules.imports.questions import to_store
from agendas.rules.imports.reading.dates import Naming
from agendas.verbs.imports.jobs import job_of
from agendas.verbs.imports.kinds import NAMING
from agendas.verbs.imports.preview import preview_of
from agendas.verbs.reads.accounts import leading_account
from storage import accounts, file_imports
from storage.tables import FileImport, FileImportState

BETWEEN = " and "


def ask_to_name(session: Session, author: Author, several: SeveralNamed, words: Words, *, channel_id: str) -> Page:
    """Keep what was typed, to be confirmed, and return the preview of it."""
    names = [name for typed in several.accounts for name, _ in _called(session, author, typed, channel_id)]
    held = io.StringIO(newline="")
    csv.writer(held).writerows([("name", "tier"), *((name, several.tier or "") for name in dict.fromkeys(names))])
    naming = Naming(several.tier, several.because, several.why_now, several.motion, is_typed=True)
    row = file_imports.save(
        session,
        FileImport(
            workspace_id=author.workspace_id,
            user_id=author.user_id,
            file_id="",
            file_name=plural(len(dict.fromkeys(names)), "account"),
            what=NAMING.word,
            state=FileImportState.SHOWN,
            asked_at=author.at,
            naming=asdict(naming),
            typed=held.getvalue(),
        ),
    )
    preview = preview_of(session, job_of(row, author.at, author.zone), row.typed.encode(), words)
    row.questions = to_store(preview.questions)
    file_imports.save(session, row)
    return preview_page(preview, words)


def known_among(session: Session, author: Author, several: SeveralNamed, *, channel_id: str) -> int:
    """Return how many accounts are named: a comma may also stand in the reason of one naming."""
    return sum(is_known for typed in several.accounts for _, is_known in _called(session, author, typed, channel_id))


def _called(session: Session, author: Author, typed: str, channel_id: str) -> list[tuple[str, bool]]:
    """The name of the account that was typed, or of both in `Acme and Globex`, and that it is one; else as typed."""
    first, _, second = typed.rpartition(BETWEEN)
    for parts in ((typed,), (first, second)):
        names = [_name_of(session, author, part, channel_id) for part in parts]
        if None not in names:
            return [(name, True) for name in names if name is not None]
    return [(typed, False)]


def _name_of(session: Session, author: Author, typed: str, channel_id: str) -> str | None:
    try:
        found = leading_account(session, author.workspace_id, typed, channel_id=channel_id)
    except CadenceError:
        return None
    row = accounts.get(session, author.workspace_id, found.account_id) if not found.rest.strip() else None
    return row.name if row is not None else None
