"""Labelled news, and how much of it the rules draft right: `python -m tests.assistant.score --news`.

The notation is described at the top of `news/news.txt`. Misses are printed of the building half alone, so that the
other one stays unseen.
"""

import hashlib
import itertools
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import cast

from agendas.rules.news import Draft, DraftKind
from assistant.drafts import drafts_of, is_for_model
from assistant.drafts_by_model import Lines, drafting_of
from assistant.names import Asked
from tests.assistant.labels import Half
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames

FILE = Path(__file__).parent / "news" / "news.txt"
NOTHING, ASK = "none", "ask"
KINDS = {"next": DraftKind.NEXT_ACTION, "slip": DraftKind.SLIPPED, "gone": DraftKind.RESOLVED}


@dataclass(frozen=True, slots=True)
class Reading:
    """One right reading of some words: accounts by id, 0 where it has to be asked, and a kind, NOTHING or ASK."""

    accounts: frozenset[int]
    kind: str
    words: str


@dataclass(slots=True)
class Piece:
    """A piece of news: its writer, where it was told, its lines, and the right readings of each thing in it."""

    writer: str
    where: str
    lines: list[str] = field(default_factory=list)
    things: list[list[Reading]] = field(default_factory=list)

    @property
    def half(self) -> Half:
        key = f"{self.writer}:{self.where}:{' / '.join(self.lines)}".casefold()
        return Half.MEASURED if hashlib.sha256(key.encode()).digest()[0] % 2 else Half.BUILDING

    def drafts(self, *, is_with_model: bool = False) -> tuple[Draft, ...]:
        """Return what rules draft; with a model that knows the labels, where it is asked, what both do."""
        kind, _, key = self.where.partition("=")
        account = ACCOUNTS[key].account_id if key else None
        asked = Asked(PEOPLE[self.writer].user_id, account if kind == "thread" else None)
        spoken_of = (account,) if kind == "last" and account is not None else ()
        names, text = WorldNames(self.writer), "\n".join(self.lines)
        by_rules = drafts_of(text, names, asked, today=TODAY, spoken_of=spoken_of)
        if not is_with_model or not is_for_model(text, by_rules):
            return by_rules
        to = drafting_of(text, names, asked, workspace_id="T0WORLD", today=TODAY, spoken_of=spoken_of)
        named = {each.name: each.account_id for each in ACCOUNTS.values()}
        handles = {named[name]: handle for handle, name in cast("dict[str, str]", to.told["accounts"]).items()}
        labels = [thing[0] for thing in self.things if not {NOTHING, ASK} & {each.kind for each in thing}]
        lines = [
            {"kind": each.kind, "words": each.words, "account": handles.get(max(each.accounts), "")} for each in labels
        ]
        by_model = to.made_of(Lines.model_validate({"lines": lines}))
        return drafts_of(text, names, asked, today=TODAY, spoken_of=spoken_of, by_model=by_model)


class Verdict(StrEnum):
    RIGHT = "right"
    ASKED = "asked"
    """The kind is asked."""
    MISSED = "missed"
    WRONG = "wrong"
    """Another kind, or something drafted of words that say nothing to record."""


@cache
def all_news() -> list[Piece]:
    """Return every labelled piece. Raises ValueError naming the line of a bad label."""
    found: list[Piece] = []
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            if line.startswith("@ "):
                found.append(Piece(*line[2:].split()))
            elif line.startswith("= "):
                found[-1].things.append([_reading(line[2:])])
            elif line.startswith("~ "):
                found[-1].things[-1].append(_reading(line[2:]))
            elif found and line.strip() and not line.startswith("# "):
                found[-1].lines.append(line.strip())
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"{FILE.name}:{number}: {line}: {error!r}") from error
    return found


def _reading(label: str) -> Reading:
    account, kind, *_, words = (each.strip() for each in label.split("|"))
    ids = {"?": 0, "-": 0}
    accounts = frozenset(ids[key] if key in ids else ACCOUNTS[key].account_id for key in account.split("/"))
    kind = kind if kind in (NOTHING, ASK) else KINDS.get(kind) or DraftKind(kind)
    return Reading(accounts, kind, shlex.split(words)[0])


def judged(piece: Piece, *, is_with_model: bool = False) -> Iterator[tuple[Verdict, str, Draft | None, list[Reading]]]:
    """Yield for each thing of a piece its verdict, that on its account ('' without a draft), and its draft.

    A draft is about the thing with which it shares most words, half of the shorter of both at least.
    """
    things = [each for each in piece.things if each[0].kind != ASK]
    of: dict[int, Draft] = {}
    for draft in piece.drafts(is_with_model=is_with_model):
        # where the same words are news of two accounts, a second draft is about the other one
        shared = {number: (_shared(draft, thing), number not in of) for number, thing in enumerate(things)}
        best = max(shared, key=shared.__getitem__, default=None)
        if best is not None and _shared(draft, things[best]) >= HALF:
            of.setdefault(best, draft)
    for number, thing in enumerate(things):
        draft, kinds = of.get(number), {each.kind for each in thing}
        if draft is None:
            yield Verdict.RIGHT if NOTHING in kinds else Verdict.MISSED, "", None, thing
            continue
        accounts = frozenset[int]().union(*(each.accounts for each in thing))
        account = "" if kinds == {NOTHING} else "asked" if not draft.account else "wrong"
        account = "right" if account and draft.account in accounts else account
        is_asked = draft.kind is DraftKind.UNCLEAR
        verdict = Verdict.RIGHT if draft.kind in kinds else Verdict.ASKED if is_asked else Verdict.WRONG
        yield verdict, account, draft, thing


HALF = 0.5


def _shared(draft: Draft, thing: Sequence[Reading]) -> float:
    """Return the part of the words that both have, of the shorter one; the best of the readings."""
    said = _words(draft.words)
    return max(len(said & _words(each.words)) / max(1, min(len(said), len(_words(each.words)))) for each in thing)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def figures(half: Half, *, is_with_model: bool = False, one_in: int = 1) -> tuple[Counter[Verdict], Counter[str]]:
    """Return how often each verdict was given in a half, of one in so many pieces, and each on an account."""
    pieces = [piece for piece in all_news() if piece.half is half][::one_in]
    found = [each for piece in pieces for each in judged(piece, is_with_model=is_with_model)]
    return Counter(each[0] for each in found), Counter(each[1] for each in found if each[1])


def print_score() -> None:
    for piece in all_news():
        for verdict, account, draft, thing in judged(piece) if piece.half is Half.BUILDING else ():
            if verdict is not Verdict.RIGHT or account == "wrong":
                label = " or ".join(f"{each.kind} {each.words!r}" for each in thing)
                print(
                    f"{verdict}, account {account or '-'}: {label}\n    > {draft and (draft.kind.value, draft.words)}"
                )
    for half, is_with_model in itertools.product(Half, (False, True)):
        verdicts, accounts = figures(half, is_with_model=is_with_model)
        parts = ", ".join(f"{each.value} {verdicts[each] / verdicts.total():.1%}" for each in Verdict)
        by = "with a perfect model" if is_with_model else "by rules"
        print(f"{half.value} half {by}: {parts}; accounts {dict(accounts)}")
