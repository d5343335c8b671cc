"""Find the page of an account that answers a question that has no answer here: deals, signals, fit and the like."""

from collections.abc import Mapping

from assistant.question_parser import EDGES

PART_WORDS: Mapping[str, frozenset[str]] = {
    "deals": frozenset({"deal", "deals", "worth", "amount", "pipeline", "opportunity", "opportunities"}),
    "signals": frozenset({"signal", "signals", "engagement"}),
    "narrative": frozenset({"narrative", "pressure", "pitch"}),
    "fit": frozenset({"fit", "score", "scores"}),
    "plays": frozenset({"play", "plays"}),
    "product": frozenset({"proof", "reference", "references"}),
    "history": frozenset({"history", "timeline"}),
}


def part_asked(text: str, account: str) -> str:
    """The word behind `/account ACCOUNT` that shows what `text` asks for; '' for none. A word of its name asks none."""
    said = _words(text) - _words(account)
    return next((part for part, words in PART_WORDS.items() if words & said), "")


def _words(text: str) -> set[str]:
    return {word.casefold().strip(EDGES) for word in text.split()}
