"""The words after ACCOUNT in /blocker, as Slack escapes them."""

import re
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.evidence import Evidence
from agendas.facts.people import Function
from agendas.rules.commands.next_actions import BEFORE_DATE
from agendas.rules.commands.persons import ask_about_part, one_owner, take_owner
from agendas.rules.commands.quotes import refuse_open_quote
from agendas.rules.commands.unclear import ITEM, Choice, UnclearPart, first_kept, refuse_nothing
from agendas.text.evidence import readable, take_links
from agendas.text.limits import required_text, shown, within_limit
from agendas.text.spelling import nearest
from agendas.text.vocabulary import FUNCTION_NAMES, FUNCTION_WORDS, not_a_function, readable_function
from agendas.text.word_stream import TypedWords, is_kept, kept

BLOCKER_USAGE = "Say what blocks: /blocker ACCOUNT TEXT [@who] [needs FUNCTION], or /blocker ACCOUNT resolve [TEXT]."
NOTHING_BLOCKS = "Nothing was recorded: where nothing blocks, there is no blocker to record."
RESOLVE = re.compile(
    rf"resolved?(?=[\s.,;:!]|$)[.,;:!]*\s*(?:[-\u2013\u2014]\s+)?(?:{ITEM}(?P<item>\d{{1,18}}){ITEM}\s*)?(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
ARTICLE = re.compile(r"(?:an?|the|our)\s+", re.IGNORECASE)
RESOLVE_WORDS = ("resolve", "resolved")
MEANT = re.compile(
    r"(?:it(?:'s| is) )?(?:(?:done|solved?|unblocked|fixed)(?=[\s.,;:!]|$)(?P<text>.*)"
    r"|(?:closed?|cleared|gone)(?: it| now)?[.!]*)",
    re.IGNORECASE | re.DOTALL,
)
"""First words that people type for `resolve`; what they mean is asked."""
NO_SLIPS = frozenset({"resolver", "resolvers"})
LONGEST_NEEDS_WORDS = 3
"""Words after a last `needs` that are taken for a function even if they are none; more are a sentence that goes on."""


@dataclass(frozen=True, slots=True)
class BlockerWords:
    """A blocker. `owner` is a user id."""

    text: str
    owner: str | None
    needs: Function | None
    evidence: tuple[Evidence, ...]

    @property
    def entered(self) -> dict[str, str]:
        """The words by the names of the form's fields."""
        return {"text": self.text, "owner": self.owner or "", "needs": self.needs or ""}


@dataclass(frozen=True, slots=True)
class ResolvedWords:
    """How an open blocker was resolved: `blocker_id`, None for the only one. The text may be empty.

    `typed` are the words after ACCOUNT, `how` their last part as Slack escaped it.
    """

    blocker_id: int | None
    text: str
    typed: str
    how: str

    def about(self, blocker_id: int) -> str:
        """The words again, about this blocker."""
        return f"resolve {ITEM}{blocker_id}{ITEM} {self.how}".strip()

    @property
    def as_text(self) -> str:
        """The words as those of a new blocker."""
        return first_kept(self.typed)


def read_blocker(rest: str, now: datetime) -> BlockerWords | ResolvedWords:
    """Read the words after `/blocker ACCOUNT`; owner and `needs FUNCTION` may end the text in either order.

    Raises:
        UnclearPart: for a part that has to be asked about.
        NotUnderstood: where the text is missing or too long.
    """
    typed = rest.strip()
    resolved = RESOLVE.fullmatch(typed)
    if resolved is not None:
        item, how = resolved["item"], resolved["text"].strip()
        return ResolvedWords(int(item) if item else None, within_limit(readable(how).strip()), typed, how)
    refuse_nothing(typed, NOTHING_BLOCKS)
    _refuse_near_resolve(typed)
    words = TypedWords(rest)
    refuse_open_quote(words, rest)
    owner = take_owner(words)
    needs = _take_function(words)
    owner = one_owner(words, owner)
    ask_about_part(words, owner)
    text, evidence = take_links(words.text, now)
    text = text.rstrip(BEFORE_DATE) if owner or needs else text
    if not text.strip() and (owner or needs):
        raise UnclearPart(BLOCKER_USAGE, entered=BlockerWords("", owner, needs, ()).entered)
    return BlockerWords(required_text(text, BLOCKER_USAGE), owner, needs, evidence)


def _refuse_near_resolve(typed: str) -> None:
    """Raise UnclearPart for words that begin with a slip of `resolve` or with a word that says the same."""
    word, _, rest = typed.partition(" ")
    is_slip = word.isalpha() and (not rest or word.casefold() not in NO_SLIPS)
    near, said = nearest(word, RESOLVE_WORDS) if is_slip else None, MEANT.fullmatch(typed)
    if near is None and said is None:
        return
    how = rest if near else (said["text"] or "").strip(" .,;:!") if said else ""
    what = "is not a word of /blocker" if how.strip() else "alone is no blocker"
    asks = f"{shown(word if how.strip() else typed)} {what}. Did you mean resolve?"
    raise UnclearPart(asks, (Choice("Resolve", f"resolve {how}".strip()),), as_text=first_kept(typed))


def _take_function(words: TypedWords) -> Function | None:
    """The function of a trailing `needs FUNCTION`; `needs` before a longer sentence is text."""
    typed = words.words
    for count in range(min(LONGEST_NEEDS_WORDS, len(typed) - 1) + 1):
        ending = typed[len(typed) - count :]
        if not typed or any(is_kept(word) for word in ending):
            return None
        if typed[-count - 1].casefold() != "needs":
            continue
        name = " ".join(ending)
        function = readable_function(name) or readable_function(ARTICLE.sub("", name, count=1))
        if function is None:
            raise _unknown_function(words, name, count + 1)
        words.drop_last(count + 1)
        return function
    return None


def _unknown_function(words: TypedWords, name: str, count: int) -> UnclearPart:
    typed = kept(words.last_words(count))
    near = nearest(name.casefold(), FUNCTION_WORDS)
    if near is not None:
        choices = [_choice(words, FUNCTION_WORDS[near], count)]
    else:
        within = {each: None for word in name.split() if (each := readable_function(word))}
        choices = [_choice(words, each, count, before=f"{typed} ") for each in within]
    said = not_a_function(name) if name else f"After needs comes a function: {FUNCTION_NAMES}."
    return UnclearPart(
        said, tuple(choices), as_text=words.last_again(count, typed), entered={"text": readable(words.text)}
    )


def _choice(words: TypedWords, function: Function, count: int, *, before: str = "") -> Choice:
    name = function.value.replace("_", " ")
    return Choice(name.capitalize(), words.last_again(count, f"{before}needs {name}"))
