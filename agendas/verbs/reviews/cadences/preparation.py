"""Preparation of a cadence's reviews as its row and the audit trail keep it."""

from agendas.facts.reviews.preparing import AS_USUAL, Part, Preparation
from agendas.verbs.loading.preparation import preparation_of
from storage.tables import Cadence


def keep_preparation(row: Cadence, wanted: Preparation | None) -> None:
    """Write the preparation into the row; None leaves it as it is."""
    if wanted is None:
        return
    row.prep_minutes, row.cutoff_minutes = wanted.prep_minutes, wanted.cutoff_minutes
    row.profile = wanted.reminding.value
    row.parts = {Part.OPTIONAL.value: list(wanted.optional), Part.OBSERVING.value: list(wanted.observing)}


def preparation_trail(row: Cadence) -> dict[str, object]:
    """Return what of the preparation differs from the usual one, for the audit trail."""
    usual = _written(AS_USUAL)
    return {name: value for name, value in _written(preparation_of(row)).items() if value != usual[name]}


def _written(preparation: Preparation) -> dict[str, object]:
    return {
        "prep_minutes": preparation.prep_minutes,
        "cutoff_minutes": preparation.cutoff_minutes,
        "reminding": preparation.reminding.value,
        "optional": list(preparation.optional),
        "observing": list(preparation.observing),
    }
