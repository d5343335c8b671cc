"""Whether a narrative names a pressure of the account and does not describe us: simple signs, each said when it fails.

Refused is what certainly is none: too short, about us, or praise of a product without anything that presses. Where the
signs leave it in doubt, whoever writes is asked once and decides: they know the account, we know words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from agendas.facts.narrative import Narrative
from agendas.rules.pressure_signs import NOT_OURS, PRAISE, STRAIN, THEM, US, is_readable, our_name, words_in
from agendas.text.limits import TEXT_LIMIT_CHARACTERS, shown

EXAMPLE = (
    "Their regulator wants every claim traceable by March 2027, and 40 of their 60 depots still keep them on paper."
)
"""An invented pressure, shown where one is missing."""

LABELS = {"pressure": "pressure", "point_of_view": "point of view", "proof": "proof", "ask": "ask"}

FEWEST_WORDS = 3

SURE_PRAISES = 2
"""So many words of praise are meant as praise; one alone may also be said of a rival."""

_CLAUSE = re.compile(r"[.,;!?\n]+")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a text seems to be no pressure of the account, with an example; where that is not certain, it may be kept."""

    said: str
    is_certain: bool


class Doubted(FieldProblems):
    """The pressure may be none; it is recorded when whoever wrote it says that it is one."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__({"pressure": said})


def refuse_wrong(narrative: Narrative, account: AccountState, *, us: str = "", is_confirmed: bool = False) -> None:
    """Raises FieldProblems with a sentence for each field that cannot stay so, Doubted for a pressure that may be none.

    `us` is the name of the workspace; a pressure that `is_confirmed` is not doubted again.
    """
    found = dict(_problems(narrative))
    if narrative.pressure.strip() and "pressure" not in found:
        objection = objection_to(narrative.pressure, account, us=us)
        if objection is not None and objection.is_certain:
            found["pressure"] = objection.said
        elif objection is not None and not found and not is_confirmed:
            raise Doubted(objection.said)
    elif "pressure" not in found:
        found = {"pressure": f'Say what presses {account.name}, as in: "{EXAMPLE}"', **found}
    if found:
        raise FieldProblems(found)


def _problems(narrative: Narrative) -> Iterator[tuple[str, str]]:
    missing = {"point_of_view": "Say in a sentence how we see it.", "ask": "Say in a sentence what we ask of them."}
    for field, label in LABELS.items():
        written = getattr(narrative, field)
        if len(written) > TEXT_LIMIT_CHARACTERS:
            yield field, f"The {label} has {len(written):,} characters; write at most {TEXT_LIMIT_CHARACTERS:,}."
        elif not written.strip() and field in missing:
            yield field, missing[field]


def objection_to(pressure: str, account: AccountState, *, us: str = "") -> Objection | None:
    """What speaks against this text as a pressure of the account; None when nothing does."""
    name, is_certain = account.name, True
    presses = _presses(pressure, account)
    about = _about(pressure, account, us)
    if words_in(pressure) < FEWEST_WORDS:
        lacks = f"is too short to say what presses {name}"
    elif about == "us":
        lacks = f"describes us more than {name}. What we offer belongs under our point of view"
        is_certain = not any(_presses(part, account) and not _about(part, account, us) for part in _clauses(pressure))
    elif about == "product":
        lacks = f"praises a product more than it says what presses {name}. What it does belongs under our point of view"
        is_certain = not presses and len(_praises(pressure)) >= SURE_PRAISES
    elif not presses and is_readable(_without_name(pressure, account)):
        lacks = f"shows nothing that presses {name}, such as a deadline, a rule, a loss or somebody who demands it"
        is_certain = False
    else:
        return None
    said = f'{shown(pressure)} {lacks}. Write what forces them to act, as in: "{EXAMPLE}"'
    return Objection(said if is_certain else f"{said} If it does press them as it is, press Save again.", is_certain)


def _about(text: str, account: AccountState, us: str) -> str:
    """Whom it speaks of more often than of the account, or as often and first: us, a product, or neither."""
    said = NOT_OURS.sub(" ", text)
    them = _places(said, (THEM, _named(account)))
    ours = [found.start() for found in US.finditer(said) if found[0] != "US"]
    if our_name(us) and not _named(account).search(our_name(us)):
        ours += _places(said, (re.compile(rf"(?<!\w){re.escape(our_name(us))}(?!\w)"),))
    if _outweighs(ours, them):
        return "us"
    return "product" if _outweighs([*ours, *_praises(said)], them) else ""


def _praises(text: str) -> list[int]:
    """Where a product is praised, without what is said of ours in the first person."""
    return _places(US.sub(lambda found: "." * len(found[0]), text), (PRAISE,))


def _outweighs(these: list[int], those: list[int]) -> bool:
    return bool(these) and (len(these) > len(those) or (len(these) == len(those) and min(these) < min(those)))


def _places(text: str, signs: Iterable[re.Pattern[str]]) -> list[int]:
    return [found.start() for sign in signs for found in sign.finditer(text)]


def _presses(text: str, account: AccountState) -> bool:
    return bool(STRAIN.search(_without_name(text, account)))


def _clauses(text: str) -> list[str]:
    return _CLAUSE.split(text)


def _without_name(text: str, account: AccountState) -> str:
    return _named(account).sub(" ", text)


def _named(account: AccountState) -> re.Pattern[str]:
    """The account's name, the first word of it, or one of its other names."""
    names = {account.name, *account.profile.aliases, *account.name.split(maxsplit=1)[:1]}
    longest_first = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    written = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.IGNORECASE)
