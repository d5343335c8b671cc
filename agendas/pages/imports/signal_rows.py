"""Remarks on the rows of an import of signals."""

from collections.abc import Iterator, Mapping

from agendas.rules.imports.signals import PlannedSignal
from agendas.rules.imports.verdicts import Verdict


def signal_reasons(row: PlannedSignal, _people: Mapping[str, str]) -> Iterator[str]:
    """Return the remarks on a signal's row: why it is skipped, or its date and text."""
    if row.reason:
        yield row.reason
    elif row.given is not None:
        yield f"{row.given.occurred_at:%d %b %Y}"
        yield row.given.strength.value
        if row.given.person:
            yield row.given.person
        if row.verdict is Verdict.UPDATE:
            yield "was taken back, counts again"
    yield from row.notes
