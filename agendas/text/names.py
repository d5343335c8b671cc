"""Names of accounts as people type them, with slips of spelling."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from agendas.errors import UnknownAccount
from agendas.text.evidence import readable, unescape
from agendas.text.limits import SHOWN_CHARACTERS, shortened

# Find the account that a person means, by name, alias, domain or the beginning of one.

NEAREST_COUNT = 5
NEAREST_SCORE = 60.0
"""Lowest score, of 100, at which a name is worth offering."""

FIRST_WORD_WEIGHT = 0.95
LATER_WORD_WEIGHT = 0.8
FUZZY_WORDS = 3
"""Number of leading words that may be a misspelt name."""

SHORTEST_PART_LETTERS = 3
"""A second or later word may be cut short to this many letters where that tells accounts apart (`acme ind`)."""

COMPANY_FORMS = frozenset({"co", "corp", "inc", "ltd"})
"""Short forms taken as part of the name when the key has the long one."""

CLOSING_MARKS = " .:;!?/"
WORD = re.compile(r"(?:<[^<>]*>|\S)+")
# Straight, curly (U+2018 to U+201E) and angled (U+00AB, U+00BB) quotation marks: phones type the curly ones.
QUOTED = re.compile(
    r"""\s*(?:["\u201c-\u201e\u00ab]([^"\u201c-\u201e\u00ab\u00bb]+)["\u201c\u201d\u00bb]"""
    r"""|['\u2018](.+?)['\u2019](?=[\s:,]|$))(.*)""",
    re.DOTALL,
)
LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
WEB_ADDRESS = re.compile(r"^https?://([^/?#\s]*)\S*")
LEFT_OUT_OF_KEYS = dict.fromkeys(map(ord, "\"'`\u00b4\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb<>,"))


@dataclass(frozen=True, slots=True)
class NameKey:
    """One way to call an account: `key` is the normal form of its name, an alias or its domain."""

    account_id: int
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Leading:
    """The account that a text begins with, and the rest of the text as typed; '' for closing marks alone.

    `is_whole` is true where the words are a whole name, alias or domain, and not the beginning of one.
    """

    account_id: int
    rest: str
    is_whole: bool


def match_account(typed: str, keys: Sequence[NameKey]) -> int:
    """The id of the account called `typed`: by an exact key, else by a beginning that only one account has.

    A match needs only the keys that begin with `first_word(typed)`; a refusal names the nearest of those given.
    Raises UnknownAccount when none fits (with the nearest) or several do.
    """
    key = normal_key(typed)
    if not key:
        raise UnknownAccount(_as_typed(typed))
    fitting = _exactly(key, keys) or [each for each in keys if each.key.startswith(key)]
    if not fitting:
        raise UnknownAccount(_as_typed(typed), nearest_accounts(key, keys))
    return _only(typed, fitting)


def leading_account(text: str, keys: Sequence[NameKey]) -> Leading:
    """The account that `text` begins with.

    It is a name in quotation marks, else the longest run of leading words that is exactly a key, else a first word that
    an account begins with, together with further words of the same key. Marks that belong to a name (`"Q" Labs`) count
    as such where the name in them alone is no account's. `keys` need only be those that begin with `first_word(text)`.
    Raises UnknownAccount when none fits (with the nearest) or several do.
    """
    # the end and the key of each run of leading words; a word of marks that count in no key (`R & <D>`) makes none
    longest = max((each.key.count(" ") + 1 for each in keys), default=1)
    words = (word.end() for word in WORD.finditer(text) if normal_key(word[0]))
    ends = islice(words, max(longest, FUZZY_WORDS))
    runs = [(end, key) for end in ends if (key := normal_key(text[:end]))]
    quoted = QUOTED.fullmatch(text)
    if quoted is not None:
        quoted_name = quoted[1] or quoted[2]
        longer_run = _exact_run([run for run in runs if run[0] > quoted.start(3)], keys)
        is_whole = any(each.key == normal_key(quoted_name) for each in keys)
        # the marks may belong to a longer name, as in `"Q" Labs`
        if longer_run is None or is_whole:
            return Leading(match_account(quoted_name, keys), _meaningful_rest(quoted[3].lstrip(" :,")), is_whole)
    if not runs:
        raise UnknownAccount(_as_typed(text))
    exact = _exact_run(runs, keys)
    end, fitting = exact or _beginning_run(runs, keys)
    if not fitting:
        raise UnknownAccount(_as_typed(text[:end]), nearest_accounts(runs[:FUZZY_WORDS][-1][1], keys))
    return Leading(_only(text[:end], fitting), _meaningful_rest(text[end:]), exact is not None)


def _meaningful_rest(text: str) -> str:
    """The text without space around it; '' for closing marks alone."""
    return text.strip() if normal_key(text).strip(CLOSING_MARKS) else ""


def first_word(text: str) -> str:
    """Return the normalised first word of the text, or ''; every key that the text can match begins with it."""
    quoted = QUOTED.fullmatch(text)
    words = WORD.finditer((quoted[1] or quoted[2]) if quoted else text)
    return next((key.partition(" ")[0] for word in words if (key := normal_key(word[0]))), "")


def nearest_accounts(typed_key: str, keys: Sequence[NameKey]) -> tuple[tuple[int, str], ...]:
    """At most five (account id, name) pairs most like the beginning of `typed_key`, best first.

    Its first word is compared with each word of a key, its first two and three words with as many of a key.
    """
    typed_words = typed_key.split(" ")
    best: dict[int, tuple[float, str]] = {}
    for word_count in range(1, min(len(typed_words), FUZZY_WORDS) + 1):
        pieces = [piece for each in keys for piece in _pieces(each, word_count)]
        likely = process.extract(
            " ".join(typed_words[:word_count]),
            [text for text, _, _ in pieces],
            scorer=fuzz.ratio,
            score_cutoff=NEAREST_SCORE,
            limit=None,
        )
        for _, likeness, index in likely:
            _, weight, account = pieces[index]
            score = likeness * weight
            if score >= NEAREST_SCORE and score > best.get(account.account_id, (0.0, ""))[0]:
                best[account.account_id] = (score, account.name)
    ordered = sorted(best.items(), key=lambda item: (-item[1][0], item[1][1].casefold(), item[0]))
    return tuple((account_id, name) for account_id, (_, name) in ordered[:NEAREST_COUNT])


def _pieces(account: NameKey, word_count: int) -> list[tuple[str, float, NameKey]]:
    """The parts of a key to compare with that many typed words, each with its weight; for one word all of its words."""
    if word_count > 1:
        words = account.key.split(" ")
        return [(" ".join(words[:word_count]), 1.0, account)] if len(words) >= word_count else []
    first, *later = account.key.replace(".", " ").split() or [account.key]  # a key may be full stops alone
    return [(first, FIRST_WORD_WEIGHT, account), *((word, LATER_WORD_WEIGHT, account) for word in later)]


def normal_key(text: str) -> str:
    """The form in which names, aliases and domains are compared; '' when nothing is left.

    Case, compatibility forms, spacing, quotation marks, commas and closing punctuation do not count; of a web address
    only the host counts, without `www.`. Text still escaped by Slack gives the same key as the text it stands for.
    """
    # without links and escapes, however often it was escaped
    before = ""
    while before != text:
        before, text = text, unescape(LINK.sub(lambda found: found[2] or found[1], text))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # ASCII has no letter that cannot be seen
    visible = folded if folded.isascii() else "".join(each for each in folded if unicodedata.category(each) != "Cf")
    words = visible.translate(LEFT_OUT_OF_KEYS).split()
    key = WEB_ADDRESS.sub(r"\1", " ".join(words)).removeprefix("www.")
    return key.rstrip(CLOSING_MARKS) or key  # closing marks alone are a key


def _as_typed(typed: str) -> str:
    """The typed name as a refusal shows it."""
    return shortened(readable(typed).rstrip(" ,;"), SHOWN_CHARACTERS)


def _only(typed: str, fitting: Sequence[NameKey]) -> int:
    """The id of the one account that has these keys. Raises UnknownAccount where several have them."""
    names = {each.account_id: each.name for each in fitting}
    if len(names) > 1:
        ordered = sorted(names.items(), key=lambda item: (item[1].casefold(), item[0]))
        raise UnknownAccount(_as_typed(typed), tuple(ordered[:NEAREST_COUNT]), ambiguous=True)
    return fitting[0].account_id


_Run = tuple[int, Sequence[NameKey]]
"""End of a run of leading words in the text, and the keys that fit it."""


def _exact_run(runs: Sequence[tuple[int, str]], keys: Sequence[NameKey]) -> _Run | None:
    """The longest run of leading words that is exactly a key; None without one. Each run is (its end, its words)."""
    for end, run in reversed(runs):
        if fitting := _exactly(run, keys):
            return end, fitting
    return None


def _beginning_run(runs: Sequence[tuple[int, str]], keys: Sequence[NameKey]) -> _Run:
    """The keys that begin with the first word, narrowed down by further words, and where the last of these ends."""
    end, run = runs[0]
    fitting: Sequence[NameKey] = [each for each in keys if each.key.startswith(run)]
    for longer_end, longer in runs[1:]:
        narrowed = _with_further_word(longer, fitting)
        if not narrowed:
            break
        end, fitting = longer_end, narrowed
    return end, fitting


def _with_further_word(run: str, fitting: Sequence[NameKey]) -> Sequence[NameKey]:
    """The keys with the run's last word as a whole word; without any, the keys of which it may begin a word."""
    with_whole_word = [each for each in fitting if f"{each.key} ".startswith(f"{run} ")]
    last_word = run.rpartition(" ")[2]
    tells_apart = len({each.account_id for each in fitting}) > 1 and len(last_word) >= SHORTEST_PART_LETTERS
    if with_whole_word or not (tells_apart or last_word in COMPANY_FORMS):
        return with_whole_word
    return [each for each in fitting if each.key.startswith(run)]


def _exactly(typed: str, keys: Sequence[NameKey]) -> list[NameKey]:
    """The keys equal to what was typed; if there are none, those that differ only by `and` for `&`."""
    exact, spoken = [each for each in keys if each.key == typed], typed.replace(" & ", " and ")
    return exact or [each for each in keys if " & " in each.key and each.key.replace(" & ", " and ") == spoken]


# The nearest word of a list, for what was probably meant; and words compared without accents and capitals.

SHORT_WORD_LETTERS = 5
"""Up to this length one slip of the finger is taken for a slip, above it two."""

SHORTEST_BEGINNING = 3
"""Letters of a word that may stand for the whole of it."""

WITHOUT_ACCENT = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
"""Letters that no normal form parts into a letter and its accent."""

_WORD = re.compile(r"[^\W_]+")


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` is a slip of, None when no choice is near enough.

    A slip is a letter too many, too few, wrong, or swapped with its neighbour. Case does not count. The first of
    several equally near choices wins.
    """
    typed = word.casefold()
    allowed_slips = 1 if len(typed) <= SHORT_WORD_LETTERS else 2
    best: str | None = None
    fewest = allowed_slips + 1
    for choice in choices:
        slips = OSA.distance(typed, choice.casefold(), score_cutoff=allowed_slips)
        if slips < fewest:
            best, fewest = choice, slips
    return best


def meant(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` misspells, else the only choice that begins with it, or None."""
    known = tuple(choices)
    typed = word.casefold()
    is_long_enough = len(typed) >= SHORTEST_BEGINNING
    beginning = [each for each in known if is_long_enough and each.casefold().startswith(typed)]
    return nearest(word, known) or (beginning[0] if len(beginning) == 1 else None)


def plain(text: str) -> str:
    """Return the text in lower case with plain letters for those with accents, without what cannot be seen."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if unicodedata.category(each) not in ("Mn", "Cf")).translate(WITHOUT_ACCENT)


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case and without accents; a full stop within a word parts nothing."""
    return _WORD.findall(plain(text).replace(".", ""))


def has_words(text: str, wanted: Sequence[str]) -> bool:
    """Return true if each of these plain words is in the text, as a word, its plural or the beginning of one."""
    words = plain_words(text)
    return all(any(_begins_with(word, each) for each in words) for word in wanted)


def _begins_with(wanted: str, word: str) -> bool:
    """True if the word is the wanted one or begins with it; a plural asks for its singular."""
    stem = wanted[:-1] if len(wanted) > SHORTEST_BEGINNING + 1 and wanted.endswith("s") else wanted
    return word == wanted or (len(stem) >= SHORTEST_BEGINNING and word.startswith(stem))
