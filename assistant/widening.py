"""Follow-ups that widen an answer about many things, so that it says how there is more."""

from collections.abc import Callable, Mapping

from assistant.query import Form, Query

OF_MANY = (Form.LIST, Form.COUNT, Form.SUM)

WIDER: Mapping[str, Callable[[Query, str], bool]] = {
    "all of them?": lambda query, _asker: query.limit > 1,
    "everyone's?": lambda query, asker: (asker,) in (query.owners, query.whose),
    "all tiers?": lambda query, _asker: bool(query.tiers),
    "all segments?": lambda query, _asker: bool(query.segments),
}
"""What to say to leave out a limit or a filter, the likeliest first."""

SAID = 2


def wider(query: Query, asker: str) -> tuple[str, ...]:
    """Return the follow-ups that widen the query, two at most; none for one that asks of named accounts."""
    if query.form not in OF_MANY or query.of or query.per is not None:
        return ()
    return tuple(words for words, is_narrowed in WIDER.items() if is_narrowed(query, asker))[:SAID]
