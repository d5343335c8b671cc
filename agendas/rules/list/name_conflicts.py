"""Names wanted for accounts that other accounts have already."""

from collections.abc import Mapping, Set


def names_taken(wanted: Mapping[int, Set[str]], holders: Mapping[str, Set[int]]) -> set[int]:
    """Those of these accounts (id → the words that it would answer to) that would get a word another one answers to.

    `holders` are the ids of the accounts that answer to each word now. A word that an account has already is no new
    one. An account that gives a word up for its own new ones holds it no more, unless it cannot have those itself.
    """
    taken: set[int] = set()
    while more := {
        number
        for number in wanted.keys() - taken
        for word in wanted[number] & holders.keys()
        if number not in holders[word]
        and any(other in taken or word in wanted.get(other, {word}) for other in holders[word])
    }:
        taken |= more
    return taken
