"""Readings: a text read as a query or as a remark."""

from dataclasses import dataclass, field

from assistant.query import Query
from assistant.remark import Remark


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that may be one of several accounts: the words typed, and (account id, name) of the nearest, best first.

    `is_ambiguous` where the words fit each of them, false where they fit none and these are merely near. Words such as
    "it" that nothing was said before fit every account: they are ambiguous without any here.
    """

    typed: str
    accounts: tuple[tuple[int, str], ...] = ()
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read: a query, or a remark, never both.

    Attributes:
        query: the question; also where a name in it is not clear, then without that account.
        remark: what was said that is no question.
        choices: names that may be several accounts; while there is one, the question is not answered but asked about.
        taken: names that were misspelt: the words typed, and the id of the one account that they were taken for.
        unread: words that were neither used nor without meaning, as typed.
        is_sure: false where a word, a name or the form was guessed; a model may then be asked.
        is_by_model: true where a language model took part, which is said under the answer.
        is_follow_up: true where it stands on the answer before, and would be read otherwise alone.
    """

    query: Query | None = None
    remark: Remark | None = None
    choices: tuple[Choice, ...] = ()
    taken: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()
    is_sure: bool = True
    is_by_model: bool = False
    is_follow_up: bool = field(default=False, compare=False)
