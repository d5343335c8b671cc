"""Templates of an operator's folder, tried at start: each macro is rendered with hostile texts for all of its facts."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self, SupportsIndex

from jinja2 import TemplateError, TemplateRuntimeError
from jinja2.runtime import Macro

from agendas.errors import WordsRefused

HOSTILE = "<!channel><@U1> & \"q\" 'a' *b* `c` ```d\nnext-line"
"""Text that would call a channel, break the line or swallow the lines after it. No template says any of it itself."""

UNESCAPED = ("<!channel><@u1>", '& "q"', "```d", "\nnext-line")
ESCAPED_OTHERWISE = ("q&#34;", "q&quot;", "&amp;lt;!channel", "&amp;amp;")
"""HTML's escapes, and those of a text that was escaped twice."""

ZONE = "UTC"
"""The zone of every example: no other fact is looked up by the filters."""

PATHS = 25
"""Paths through a macro that are tried, the shortest first, each with lists of two and of three items. Ours."""

_NOT_ON_THIS_PATH = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""Errors that an example may cause where real facts would not, such as a look-up by a value of an enum."""


def check(macro: Macro, file: str) -> None:
    """Raise WordsRefused if the macro says a hostile text unescaped, or escaped otherwise than for Slack."""
    for length in (2, 3):
        for said in islice(_renderings(macro, length, file), PATHS):
            if any(each in said for each in UNESCAPED):
                problem = "does not escape what people typed"
            elif any(each in said for each in ESCAPED_OTHERWISE):
                problem = "escapes what people typed twice, or otherwise than for Slack"
            else:
                continue
            raise WordsRefused(
                f"{file}: the macro {macro.name} {problem}: put every value into the sentence as it is, as in "
                "{{ name }}, neither joined with ~ or + nor replaced, and where two have to be one value, write "
                "them between {% set both %} and {% endset %}."
            )


def _renderings(macro: Macro, length: int, file: str) -> Iterator[str]:
    """Yield the macro's text in lower case on each path through its conditions, the fewest decisions first."""
    paths = deque([(), (True,) * PATHS])
    while paths:
        path = _Path(paths.popleft(), length)
        facts = {name: ZONE if name == "zone" else _Fact(path) for name in macro.arguments}
        said = ""
        try:
            said = str(macro(**facts)).lower()
        except _NOT_ON_THIS_PATH as error:
            if type(error) is TemplateRuntimeError:
                # a filter or test that is not there, which Jinja finds inside of conditions only when it gets there
                raise WordsRefused(f"{file}: the macro {macro.name} cannot be used: {error.message}") from error
        yield said
        decided = tuple(path.decided)
        paths.extend((*decided[:at], True) for at in range(len(path.given), len(decided)))


@dataclass
class _Path:
    """Answers to the conditions that a macro asks, in their order: `given` first, then no to each."""

    given: tuple[bool, ...]
    length: int
    decided: list[bool] = field(default_factory=list)

    def decide(self) -> bool:
        at = len(self.decided)
        self.decided.append(at < len(self.given) and self.given[at])
        return self.decided[-1]


class _Fact(str):
    """Hostile text that passes for any fact: a record, a list, a number or a date, each again of such texts."""

    path: _Path

    def __new__(cls, path: _Path) -> Self:
        fact = super().__new__(cls, HOSTILE)
        fact.path = path
        return fact

    def _decide(self, *_operands: object) -> bool:
        return self.path.decide()

    def _itself(self, *_operands: object) -> Self:
        return self

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _decide
    __hash__ = str.__hash__
    __call__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __truediv__ = __floordiv__ = __abs__ = _itself

    def __getattribute__(self, name: str) -> Any:
        # facts have these fields, text has methods of these names
        return self if name in ("count", "index", "title") else super().__getattribute__(name)

    def __getattr__(self, name: str) -> Self | str:
        if name.startswith("_"):
            raise AttributeError(name)
        return ZONE if name == "zone" else self

    def __getitem__(self, key: SupportsIndex | slice) -> Self:
        return self

    def __iter__(self) -> Iterator[Self]:
        return iter([self] * self.path.length)

    def __len__(self) -> int:
        return self.path.length

    def __index__(self) -> int:
        return self.path.length

    def __divmod__(self, _other: object) -> tuple[Self, Self]:
        return self, self

    def __format__(self, _form: str) -> str:
        return str(self)
