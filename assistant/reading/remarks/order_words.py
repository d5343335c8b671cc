"""Words around the verb of an order: what it is done to, and for whom."""

_NOUNS_TOO_SAID = (
    "open close update change move plan name record note report step set email call post file draft start "
    "check get have let use push delay drop fix book lower complete clear message mail contact phone order "
    "switch shift ask propose raise park skip mark tier new schedule forward upload hide stop save register "
    "cancel finish accept progress advance increase decrease reduce write invite confirm decline"
)
NOUNS_TOO = frozenset(_NOUNS_TOO_SAID.split())
"""Verbs that are other words as well: something that is acted on must follow."""

_ACTED_ON_SAID = (
    "the a an my our their his her its this that these it them him me everything all another new to nora one sending "
    "posting telling bothering"
)
ACTED_ON = frozenset(_ACTED_ON_SAID.split())
FOR_SOMEBODY = frozenset({"tell", "remind", "get", "give", "have", "let", "take", "pass", "bring"})
TO_SOMEBODY = frozenset({"assign", "give", "hand", "pass", "transfer", "reassign", "delegate"})
NO_OBJECTS = frozenset({"of", "on", "for", "at", "in", "about", "what", "who", "when", "which"})
