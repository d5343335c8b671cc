"""The justification of an account as it stands: its parts with their authors, and those that are missing."""

from collections.abc import Iterable

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import Corrected, ListChanged, Nominated
from agendas.facts.justification import Justified, Part, SaidPart
from agendas.rules.history.corrections import standing
from agendas.rules.history.fold import apply

WHOLE_TIERS = (1, 2)
"""Tiers whose accounts need all three parts: each of them gets a motion of its own. Ours."""

TOLD_BY = (Nominated, ListChanged, Justified, Corrected)
"""Kinds of changes that tell of the justification."""


def missing_parts(account: AccountState) -> tuple[Part, ...]:
    """Return the parts that the account lacks; in tier 3 and without a tier only why this account is needed."""
    needed = tuple(Part) if account.tier in WHOLE_TIERS else (Part.WHY_ACCOUNT,)
    return tuple(part for part in needed if not account.justification.part(part).strip())


def said_parts(events: Iterable[EventFacts]) -> tuple[SaidPart, ...]:
    """Return the three parts as the account's events leave them, each with who gave it first in these words and when.

    A part that nobody gave, or that was emptied, has no author.
    """
    counted = standing(each for each in events if isinstance(each.change, TOLD_BY))
    first = next((each for each in counted if isinstance(each.change, Nominated)), None)
    said, state = {part: SaidPart(part) for part in Part}, None
    # the nomination comes first, as in every fold: a change may be dated before it
    for event in sorted(counted, key=lambda each: each is not first):
        state = apply(state, event)
        for part in Part:
            text = state.justification.part(part)
            if text != said[part].text:
                said[part] = SaidPart(part, text, event.actor, event.happened_at) if text else SaidPart(part)
    return tuple(said.values())
