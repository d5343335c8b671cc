"""A text in its pieces: names, people, segments, days, numbers, and phrases with all that they may mean."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.reading.named.amounts import AmountSaid
from assistant.reading.periods.read import When
from assistant.reading.result import Choice
from assistant.reading.vocabulary.cues import Cue
from assistant.reading.vocabulary.lexicon import Meaning

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """One or more words that say one thing.

    Attributes:
        typed: the words as typed.
        start, end: the tokens that they are, `end` left out.
        meanings: of a phrase; empty for a name, days, a number, and for words that mean nothing here.
        account, segment, when, number: that which is named; one of these and the next two at most.
        choice: the accounts that a name may mean, or is near to.
        persons: user ids of our person named, of several where they share the name.
        amount: the bounds of an amount of money.
        mark: the mark that closes the piece, '' for none.
        is_possessive: true for `Nora's`, and for `Noras` where that is what is meant.
        is_guessed: true where a slip was corrected.
    """

    typed: str
    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    account: int | None = None
    choice: Choice | None = None
    persons: tuple[str, ...] = ()
    segment: str = ""
    when: When | None = None
    number: int | None = None
    amount: AmountSaid | None = None
    mark: str = ""
    is_possessive: bool = False
    is_guessed: bool = False

    @property
    def is_name(self) -> bool:
        """Return true for an account, a person or a segment."""
        return self.account is not None or bool(self.choice or self.persons or self.segment)

    @property
    def is_unknown(self) -> bool:
        """Return true for a word that means nothing here."""
        has_meaning = any(each is not Cue.TITLE for each in self.meanings)
        return not (has_meaning or self.is_name or self.when or self.amount or self.number is not None)

    @property
    def is_filler(self) -> bool:
        """Return true for a word that may be left out."""
        return Cue.FILLER in self.meanings

    def means(self, *wanted: Meaning) -> bool:
        """Return true if one of these is among its meanings."""
        # loops and no generator: each rule asks this of each piece
        for each in self.meanings:
            for meaning in wanted:
                if each is meaning:
                    return True
        return False

    def of_kind(self, kind: type[T]) -> tuple[T, ...]:
        """Return its meanings of a kind."""
        return tuple([each for each in self.meanings if isinstance(each, kind)])


class Said:
    """The pieces of a text, and which of them have been used for something.

    `is_whole` is false for a text that stands on the answer before it: "not tier 3" is then said of that.
    """

    def __init__(self, pieces: Sequence[Piece], *, is_whole: bool = True) -> None:
        self.pieces = tuple(pieces)
        self.is_whole = is_whole
        self.used: set[int] = set()

    def copy(self) -> "Said":
        """Return the same pieces, of which more can be used without a change here."""
        same = Said(self.pieces, is_whole=self.is_whole)
        same.used = set(self.used)
        return same

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, position: int) -> Piece:
        return self.pieces[position]

    def where(self, *wanted: Meaning) -> list[int]:
        """Return the positions of the pieces with one of these meanings."""
        return [position for position, piece in enumerate(self.pieces) if piece.means(*wanted)]

    def has(self, *wanted: Meaning) -> bool:
        """Return true if a piece has one of these meanings."""
        return bool(self.where(*wanted))

    def has_left(self, *wanted: Meaning) -> bool:
        """Return true if a piece that nothing has used yet has one of these meanings."""
        return any(position not in self.used for position in self.where(*wanted))

    def first(self, *wanted: Meaning) -> int | None:
        """Return the position of the first piece with one of these meanings."""
        return next(iter(self.where(*wanted)), None)

    def of_kind(self, kind: type[T]) -> Iterator[tuple[int, T]]:
        """Yield position and meaning of every piece of a kind that is not used yet; all meanings of a piece."""
        for position, piece in enumerate(self.pieces):
            if position not in self.used:
                for meaning in piece.of_kind(kind):
                    yield position, meaning

    def take(self, kind: type[T], wanted: Callable[[T], bool] = lambda _: True) -> tuple[T, ...]:
        """Return the values of a kind that are not used yet, each once, and use their pieces."""
        found = [(position, value) for position, value in self.of_kind(kind) if wanted(value)]
        self.use(*(position for position, _ in found))
        return tuple(dict.fromkeys(value for _, value in found))

    def use(self, *positions: int) -> None:
        """Note that these pieces say something that is kept."""
        self.used.update(positions)

    def next_of_weight(self, position: int) -> int | None:
        """Return the position of the next piece that is no mere filler, None at the end."""
        return next((each for each in range(position + 1, len(self)) if self.has_weight(each)), None)

    def before_of_weight(self, position: int) -> int | None:
        """Return the position of the piece before that is no mere filler, None at the beginning."""
        return next((each for each in range(position - 1, -1, -1) if self.has_weight(each)), None)

    def has_weight(self, position: int) -> bool:
        """Return true unless the piece is a filler and nothing else."""
        return self.pieces[position].meanings != (Cue.FILLER,)
