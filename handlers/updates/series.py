"""Forms one after the other: which account is in hand, and which follow."""

from dataclasses import dataclass

from agendas.errors import Outdated
from handlers.edge.request import OTHER_VERSION, number_in

SKIP = "updates.skip"
"""The button that leaves an account as it is and goes on."""

CHARACTERS = 2_000
"""Longest list of accounts that follow: a form carries it in 3,000 characters with everything else."""

COUNTS = 2


@dataclass(frozen=True, slots=True)
class Series:
    """The account in hand is number `number` of `total`; `rest` are the ids of those that follow."""

    number: int
    total: int
    rest: tuple[int, ...]

    @classmethod
    def of(cls, written: str) -> "Series | None":
        """The series as `written` below, None for a form that stands alone. Raises Outdated for anything else."""
        if not written:
            return None
        numbers = [number_in(each) for each in written.split(" ")]
        if len(numbers) < COUNTS:
            raise Outdated(OTHER_VERSION)
        return cls(numbers[0], numbers[1], tuple(numbers[COUNTS:]))

    @property
    def written(self) -> str:
        """The series as a form carries it."""
        return " ".join(map(str, (self.number, self.total, *self.rest)))

    def after(self, account_id: int) -> "Series":
        """The series with this account of the rest in hand; those before it are passed over."""
        place = self.rest.index(account_id) + 1
        return Series(self.number + place, self.total, self.rest[place:])

    @property
    def title(self) -> str:
        """The title of the form in hand."""
        return f"Update {self.number} of {self.total}"


def begin(account_ids: tuple[int, ...]) -> Series:
    """The series of these accounts before its first one, cut where a form cannot carry more."""
    kept = account_ids
    while len(" ".join(map(str, kept))) > CHARACTERS:
        kept = kept[:-1]
    return Series(0, len(kept), kept)
