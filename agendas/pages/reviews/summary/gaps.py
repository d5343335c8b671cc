"""Gaps of an account in one line: roles, people, next action, narrative, justification, updates."""

from collections.abc import Iterator

from agendas.facts.reviews.agenda import ReasonCode
from agendas.facts.reviews.question import QuestionCode
from agendas.facts.reviews.review import AgendaItem
from agendas.facts.reviews.sections import AgendaSection
from agendas.pages.reviews.summary.open_items import calm_play, has_closed_actions
from agendas.pages.reviews.summary.standing import shown_reasons, today_of
from agendas.rendering.words import Words
from agendas.rules.group.coverage import RoleState, buying_group
from agendas.rules.group.triggers import departures
from agendas.rules.narrative.age import narrative_gap
from agendas.rules.preparing.gaps import Gap, gaps_of
from agendas.rules.reviews.first_touch import late_first_touch
from agendas.rules.reviews.question.asked import asked

REASON_OF = {Gap.NO_NEXT_ACTION: ReasonCode.NO_NEXT_ACTION, Gap.NO_EVIDENCE: ReasonCode.NO_EVIDENCE}
QUESTION_OF = {
    Gap.NO_NEXT_ACTION: QuestionCode.NO_NEXT_ACTION,
    Gap.NO_EVIDENCE: QuestionCode.NO_EVIDENCE,
    Gap.NO_OWNER: QuestionCode.NO_OWNER,
    Gap.NO_MOTION: QuestionCode.NEW_WITHOUT_MOTION,
}
"""Gaps with the reason, or the question, that says them already."""


def gaps(item: AgendaItem, words: Words) -> tuple[str, ...]:
    """Every gap by name, and the play that runs; nothing where there is neither, or the account left the list."""
    if item.facts.account.has_left_list:
        return ()
    parts = (*_of_group(item, words), *_of_account(item, words), *_of_people(item, words))
    play = calm_play(item, words)
    if parts:
        return (words.say("summary.gaps", parts=parts, play=play),)
    return (words.say("summary.play", play=play),) if play else ()


def _of_group(item: AgendaItem, words: Words) -> Iterator[str]:
    """Yield roles that are missing, left and quiet, departed people of other roles, and a single thread."""
    facts, today = item.facts, today_of(item)
    group = buying_group(facts.account, facts.settings, today=today)
    for state in (RoleState.MISSING, RoleState.LEFT, RoleState.QUIET):
        for line in group.of(state):
            yield words.say("summary.role", line=line, days=group.engaged_days, today=today)
    named = {line.role for line in group.of(RoleState.LEFT)}
    for role, person in departures(facts):
        if role not in named:
            yield words.say("summary.departed", role=role, person=person, today=today)
    if group.is_single_threaded and ReasonCode.SINGLE_THREADED not in shown_reasons(item):
        yield words.say("summary.active", group=group)


def _of_account(item: AgendaItem, words: Words) -> Iterator[str]:
    """Yield what the account lacks, but for what its other lines say."""
    facts = item.facts
    account, said = facts.account, _said_elsewhere(item)
    for code in gaps_of(account):
        if code not in said:
            yield words.say("summary.gap", code=code, stage=account.stage)
    narrative = narrative_gap(account, facts.settings, now=facts.now, zone=facts.zone)
    if narrative is not None:
        yield words.say("summary.narrative", gap=narrative)


def _said_elsewhere(item: AgendaItem) -> set[Gap]:
    """The gaps that a reason, the question or the line of actions says."""
    reasons, question = shown_reasons(item), asked(item)
    is_asked = question is not None and AgendaSection.TO_DECIDE in item.sections
    said = {gap for gap, code in REASON_OF.items() if code in reasons}
    said |= {gap for gap, code in QUESTION_OF.items() if is_asked and question and question.code is code}
    if AgendaSection.DUE in item.sections and has_closed_actions(item):
        said.add(Gap.NO_NEXT_ACTION)
    if item.facts.account.claimed_from is not None:
        said.add(Gap.NO_EVIDENCE)
    return said


def _of_people(item: AgendaItem, words: Words) -> Iterator[str]:
    facts = item.facts
    if facts.owner_is_deactivated and facts.account.profile.owner:
        yield words.say("summary.deactivated", owner=facts.account.profile.owner)
    if facts.missing_updates_from:
        yield words.say("summary.unheard", people=facts.missing_updates_from)
    if facts.away:
        yield words.say("summary.away", who=facts.away)
    touch = late_first_touch(facts)
    if touch is not None:
        yield words.say("summary.touch", hours=touch[0], limit=touch[1])
