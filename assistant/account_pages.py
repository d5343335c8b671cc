"""Account pages that answer what the assistant does not: deals, signals, fit and the like."""

from collections.abc import Mapping

from assistant.question_parser import EDGES

PAGE_WORDS: Mapping[str, frozenset[str]] = {
    "deals": frozenset({"deal", "deals", "worth", "amount", "pipeline", "opportunity", "opportunities"}),
    "signals": frozenset({"signal", "signals", "engagement"}),
    "narrative": frozenset({"narrative", "pressure", "pitch"}),
    "fit": frozenset({"fit", "score", "scores"}),
    "plays": frozenset({"play", "plays"}),
    "product": frozenset({"proof", "reference", "references"}),
    "why": frozenset({"justification", "rationale"}),
    "history": frozenset({"history", "timeline"}),
}


def page_asked_for(text: str, account: str) -> str:
    """Return the `/account ACCOUNT` subcommand for the page that `text` asks for, '' for none.

    Words of the account's own name do not count.
    """
    asked = _words(text) - _words(account)
    return next((page for page, words in PAGE_WORDS.items() if words & asked), "")


def _words(text: str) -> set[str]:
    return {word.casefold().strip(EDGES) for word in text.split()}
