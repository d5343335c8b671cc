"""Refusals of rights: what the person may not do, why, and who can change it."""

from collections.abc import Sequence

from agendas.facts.people import Right
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.access.rights import Deed


def refused_page(deed: Deed, right: Right, words: Words, *, admins: Sequence[str]) -> Page:
    """One sentence with the person's right and the admins who can change it."""
    return said(words.say("program.refused", deed=deed, right=right, admins=admins))


def outsider_page(kind: str, words: Words, *, admins: Sequence[str]) -> Page:
    """One sentence for a guest, external, deactivated or unknown person, with whom to ask."""
    return said(words.say("program.outsider", kind=kind, admins=admins))
