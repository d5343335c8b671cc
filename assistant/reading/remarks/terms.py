"""Questions about a word of the trade: "what is an MQA", "what does claimed mean"."""

import re
from collections.abc import Sequence

from assistant.reading.tokens import Token
from assistant.reading.vocabulary.lexicon import word_key

_TERM = r"(?:tiers?|mqas?|claimed|plays?|reviews?)"
MEANING = re.compile(
    rf"what (?:is|does|do)?\s?(?:an? |the (?:word|term) )?{_TERM}(?: [123])?(?: even| actually)? (?:means?|stands? for)"
    rf"|what (?:is |are )?an? {_TERM}(?: [123])?(?: (?:account|step|stage))?"
    rf"|(?:please )?(?:define|explain) (?:an? |the (?:word|term) )?{_TERM}"
    rf"|what (?:is |are )?(?:the )?(?:meaning|definition) of (?:an? )?{_TERM}(?: [123])?"
)


def asks_for_meaning(tokens: Sequence[Token]) -> bool:
    """Return true if the whole text asks what a word of the trade means."""
    return MEANING.fullmatch(" ".join(word_key(each) for each in tokens)) is not None
