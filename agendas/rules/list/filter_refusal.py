"""The refusal of words that are no filter: it names them and offers the nearest ones, or what was understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agendas.errors import Offer, Unclear
from agendas.text.evidence import MENTION
from agendas.text.limits import shown

LONGEST = 1_500
"""Characters of a filter's words, so that a button can carry them."""

UNKNOWN_NAMED = 3


@dataclass(frozen=True, slots=True)
class FilterPlace:
    """A page that takes a filter: its command, its name, and how its words are written.

    `suggested` are its own words that may have been meant, with the filter that each stands for; `kept` are words of
    its own that were read already, and stand in each command that is offered.
    """

    command: str = "/abm list"
    name: str = "the list"
    usage: str = (
        "Write a tier, a state (intervention, stalled, advanced, expanded, new, steady, claimed), a stage, @who, mine "
        "or nobody, a segment, paused, candidates, removed or rejected"
    )
    suggested: Mapping[str, str] = field(default_factory=dict)
    kept: str = ""

    def offer(self, words: str, names: Mapping[str, str]) -> Offer:
        """The page filtered by these words; names of people stand for their mentions on its button."""
        label = _named(words, names)
        return Offer(f"{label[0].upper()}{label[1:]}", " ".join(f"{self.command} {self.kept} {words}".split()))

    @property
    def whole(self) -> Offer:
        """The page without a filter."""
        return Offer(f"The whole {self.name.removeprefix('the ')}", self.command)


def refusal(unknown: Sequence[tuple[str, str]], known: str, names: Mapping[str, str], place: FilterPlace) -> Unclear:
    """The refusal of the words, each with the nearest filter: the filter with those in their place, and without them.

    `known` are the words that were understood.
    """
    named = ", ".join(shown(word) for word, _ in unknown[:UNKNOWN_NAMED])
    more = f" and {len(unknown) - UNKNOWN_NAMED} more words" if len(unknown) > UNKNOWN_NAMED else ""
    said = f"{named}{more} {'is no filter' if len(unknown) == 1 else 'are no filters'} of {place.name}."
    nearest, offers = " ".join(dict.fromkeys(near for _, near in unknown)), []
    if len(unknown) <= UNKNOWN_NAMED and all(near for _, near in unknown):
        offers.append(place.offer(f"{nearest} {known}".strip(), names))
        said = f"{said} Did you mean {_named(nearest, names)}?"
    else:
        said = f"{said} {place.usage}."
    if known and len(known) <= LONGEST:
        offers.append(place.offer(known, names))
    return Unclear(said, (*offers, place.whole))


def _named(words: str, names: Mapping[str, str]) -> str:
    """The words with the names of people in place of their mentions."""
    return MENTION.sub(lambda found: names.get(found[1], "that person"), words)
