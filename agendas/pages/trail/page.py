"""The page of the audit trail: a line for each entry, newest first."""

from agendas.facts.program.trail import AuditFacts, Named, TrailFacts, TrailLine
from agendas.pages.trail.accounts import account_deed
from agendas.pages.trail.deeds import Deed
from agendas.pages.trail.entries import entry_deed
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import OPERATOR
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words

MORE = "trail.more"


def trail_page(facts: TrailFacts, words: Words) -> Page:
    """The entries asked for, with a button for older ones, and for editors whom to ask for the rest."""
    lines = tuple(
        words.say("trail.line", at=line.at, who=_who(line, facts.named, words), said=_said(line, facts, words), **day)
        for line in facts.lines
        for day in ({"zone": facts.zone, "today": facts.today},)
    )
    items: list[Item] = [Heading(words.raw("trail.heading")), Text(_asked(facts, words))]
    items.append(Rows(lines) if lines else Text(words.say("trail.nothing", is_first=facts.is_first)))
    if facts.wanted.of_accounts:
        names = [facts.named.people[each] for each in facts.admins if each in facts.named.people]
        items.append(Note(words.say("trail.accounts_only", admins=names)))
    if facts.is_first:
        items.append(Note(words.say("trail.how")))
    if facts.more_value:
        items.append(Buttons((labelled(words, MORE, facts.more_value),)))
    return Page(words.raw("trail.title", count=len(lines)), tuple(items), key="trail")


def said_deed(deed: Deed, words: Words) -> str:
    """The sentence of the deed, after the name of who did it."""
    return words.say(f"trail.{deed.what}", deed=deed)


def _said(line: TrailLine, facts: TrailFacts, words: Words) -> str:
    told = line.told
    if isinstance(told, AuditFacts):
        return said_deed(entry_deed(told, facts.named), words)
    return said_deed(account_deed(told, facts.named, facts.zone), words)


def _who(line: TrailLine, named: Named, words: Words) -> str:
    """The name of who did it, which pings nobody."""
    if not line.actor:
        return words.say("trail.program")
    if line.actor == OPERATOR:
        return OPERATOR if isinstance(line.told, AuditFacts) else "CRM import"
    return named.people.get(line.actor) or words.say("trail.somebody")


def _asked(facts: TrailFacts, words: Words) -> str:
    wanted = facts.wanted
    return words.say(
        "trail.asked",
        account=facts.named.accounts.get(wanted.account_id or 0, ""),
        person=facts.named.people.get(wanted.user_id, ""),
        first=wanted.first,
        last=wanted.last,
        today=facts.today,
        of_accounts=wanted.of_accounts,
    )
