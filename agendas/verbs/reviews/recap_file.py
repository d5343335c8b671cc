"""The recap of a review as a file: text, CSV with a row for each account, or HTML to print."""

import csv
import io
import re
from datetime import datetime

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.reviews.cadence import CadenceKind
from agendas.facts.reviews.review import ReviewFacts
from agendas.pages.reviews.recap_details import recap_file_page
from agendas.pages.reviews.recap_table import recap_table
from agendas.rendering.filters import day
from agendas.rendering.html.csv_tables import ENCODING
from agendas.rendering.html.document import document
from agendas.rendering.html.inline import Reader
from agendas.rendering.html.plain_text import text_file
from agendas.rendering.words import Words
from agendas.text.csv_cells import CellKind, written
from agendas.text.days import local_date
from agendas.verbs.reads.reviews.facts import review_facts
from agendas.verbs.reads.reviews.last_held import held_before
from agendas.verbs.reports.files import names_said

TEXT, CSV, HTML = "txt", "csv", "html"
_ID = re.compile(r"\b[UWCG][A-Z0-9]{2,20}\b")


def closed_review(session: Session, workspace_id: str, review_id: int, *, now: datetime) -> ReviewFacts:
    """Return the closed review as its reader may see it.

    Raises Outdated when there is none, Refused while it is open and for one of executives.
    """
    review = review_facts(session, workspace_id, review_id, now=now)
    on = day(review.planned_at, review.zone)
    if review.closed_at is None:
        raise Refused(f"The review of {on} has no recap yet. It is there once the review is closed.")
    if review.kind is CadenceKind.EXECUTIVE:
        raise Refused(f"The review of {on} was one of executives. Take its page as a file with /abm executive.")
    return review


def recap_file(
    session: Session, workspace_id: str, review_id: int, ending: str, *, words: Words, now: datetime
) -> tuple[str, bytes]:
    """Return the name and the content of the file of this ending. Raises as `closed_review`."""
    review = closed_review(session, workspace_id, review_id, now=now)
    name = f"cadence-recap-{local_date(review.planned_at, review.zone)}.{ending}"
    page = recap_file_page(review, words, before=held_before(session, workspace_id, review, now=now))
    ids = set(_ID.findall(repr(page) if ending != CSV else repr(review)))
    reader = Reader(now, review.zone, names_said(session, workspace_id, ids))
    if ending == CSV:
        return name, _table(review, reader)
    return name, text_file(page, reader) if ending == TEXT else document(page, reader).encode()


def _table(review: ReviewFacts, reader: Reader) -> bytes:
    header, rows = recap_table(review, reader.names)
    text = io.StringIO(newline="")
    cells = ([written(cell, CellKind.TEXT) for cell in row] for row in (header, *rows))
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(cells)
    return text.getvalue().encode(ENCODING)
