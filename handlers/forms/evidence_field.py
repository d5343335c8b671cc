"""The evidence field that several forms share."""

from datetime import datetime

from agendas.facts.evidence import Evidence
from agendas.text.evidence import take_links
from handlers.edge.views import Field, Values
from handlers.forms.fields import text
from handlers.forms.origin import Origin


def evidence_field(draft: Values, origin: Origin, *, consequence: str, optional: bool = True) -> Field:
    """A field for links and notes, one a line, holding the message the form was opened on.

    Args:
        draft: the values typed before.
        origin: where the form was opened.
        consequence: a sentence about the use of the evidence, or about an update without any.
        optional: false where nothing can be recorded without it.
    """
    return text(
        "evidence",
        "What shows it",
        initial=draft.get("evidence") or origin.evidence_url,
        multiline=True,
        optional=optional,
        hint=f"A link to the message, the meeting or the CRM record, or a sentence; one a line. {consequence}",
    )


def read_evidence(entered: Values, origin: Origin, now: datetime) -> tuple[Evidence, ...]:
    """A piece of evidence for each line that says something; the message the form was opened on keeps its time."""
    found: list[Evidence] = []
    for line in entered.get("evidence", "").splitlines():
        words, links = take_links(line, now)
        if links:
            found.extend(_of_message(each, origin) for each in links)
        elif words.strip():
            found.append(Evidence(words.strip(), now, kind="note"))
    return tuple(found)


def _of_message(evidence: Evidence, origin: Origin) -> Evidence:
    if evidence.url != origin.evidence_url or not origin.evidence_at:
        return evidence
    return Evidence("message", datetime.fromisoformat(origin.evidence_at), evidence.url, kind="message")
