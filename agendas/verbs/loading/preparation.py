"""How the reviews of a stored cadence are prepared."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from agendas.facts.reviews.preparing import Part, Preparation, Reminding
from storage.tables import Cadence

_user_ids: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[str, ...])


def preparation_of(row: Cadence) -> Preparation:
    """Return how the reviews of the stored cadence are prepared; a profile of a later version counts as standard."""
    parts: Mapping[str, object] = row.parts if isinstance(row.parts, dict) else {}
    optional, observing = (_user_ids.validate_python(parts.get(part, ())) for part in (Part.OPTIONAL, Part.OBSERVING))
    return Preparation(
        prep_minutes=row.prep_minutes,
        cutoff_minutes=row.cutoff_minutes,
        reminding=Reminding(row.profile) if row.profile in set(Reminding) else Reminding.STANDARD,
        optional=optional,
        observing=observing,
    )
