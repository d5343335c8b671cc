"""Merging of edits: a change that somebody else made while a form was open stays, unless both changed one field."""

from hashlib import blake2s

from agendas.errors import FieldProblems
from handlers.edge.views import Values

CHANGED = "Somebody changed this while the form was open, so nothing was saved. Close the form and open it again."
MARK_BYTES = 4


def marks_of(shown: Values) -> str:
    """Short marks of the values that a form opens with, which travel with it: `name:mark name:mark`."""
    return " ".join(f"{name}:{_mark(value)}" for name, value in shown.items())


def merged(entered: Values, marks: str, standing: Values) -> Values:
    """Merge the values entered with those that stand now in the fields that the person left as they were.

    Args:
        entered: the values by field, as submitted.
        marks: the result of `marks_of` when the form was opened; empty for a form of an older version.
        standing: the values that the form would open with now.

    Raises:
        FieldProblems: beside each field that the person and somebody else both changed, to different things.
    """
    opened_with = dict(each.split(":", 1) for each in marks.split() if ":" in each)
    values, problems = dict(entered), {}
    for name, now in standing.items():
        before, written = opened_with.get(name), _mark(entered.get(name, ""))
        if before is None or _mark(now) in (before, written):
            continue
        if written == before:
            values[name] = now
        else:
            problems[name] = CHANGED
    if problems:
        raise FieldProblems(problems)
    return values


def merged_over(entered: Values, marks: str, standing: Values) -> Values:
    """Merge as `merged` does; a field that did not come back at all was emptied by nobody and stays as it stands.

    For a form whose fields are always the same ones. Raises FieldProblems as `merged` does.
    """
    return {**standing, **merged(entered, marks, standing)}


def _mark(value: str) -> str:
    # several choices come back in any order
    parts = sorted(part.strip() for part in value.split(","))
    return blake2s(",".join(parts).encode("utf-8", "surrogatepass"), digest_size=MARK_BYTES).hexdigest()
