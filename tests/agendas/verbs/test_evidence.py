from dataclasses import replace
from datetime import date, timedelta

import pytest

from agendas.errors import Refused
from agendas.facts.account import Stage
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.verbs import account_list, reads, updates
from agendas.verbs.evidence import answer, judge, say_it_shows_the_step
from tests.agendas.verbs.correcting import facts
from tests.builders import ANN, CLEO, EVE, HOUR, NOW, ago, evidence
from tests.program import Program

# Evidence of updates: the actors read, and links and days that are refused.


def link(url: str, actor: EvidenceActor | None = None) -> Evidence:
    """A link to what shows something, by default without a chosen actor."""
    return Evidence("Minutes", NOW, url, actor=actor)


def test_a_link_to_another_accounts_site_is_taken_for_news_and_blockers_and_for_no_step(program: Program) -> None:
    acme, site = program.accounts["acme"], link("https://www.globex.example/news")
    with pytest.raises(Refused, match=r"globex\.example is the site of Globex"):
        program.did(updates.move, ANN, NOW, acme, text="x", to_stage=Stage.MQA, evidence=(site,))
    assert program.did(updates.move, ANN, NOW, acme, text="x", evidence=(site,)).event.evidence
    assert program.did(updates.open_blocker, ANN, NOW, acme, text="x", evidence=(site,)).event.evidence


def test_the_evidence_of_a_next_action_says_who_acted(program: Program) -> None:
    mail, acme = link("https://notes.example/mail"), program.accounts["acme"]
    due = date(2026, 11, 27)
    theirs = program.did(updates.add_action, ANN, NOW, acme, text="They asked for a date", due_on=due, evidence=(mail,))
    assert [piece.actor for piece in theirs.event.evidence] == [EvidenceActor.BUYER]
    unclear = program.did(updates.add_action, ANN, NOW, acme, text="Minutes", due_on=due, evidence=(mail,))
    assert [piece.actor for piece in unclear.event.evidence] == [EvidenceActor.IN_DOUBT]


def test_a_message_of_a_clock_a_little_ahead_is_of_today_and_one_of_tomorrow_is_refused(program: Program) -> None:
    acme, message = program.accounts["acme"], replace(link("https://sample.example/p1"), kind="message")
    ahead = replace(message, dated_at=NOW + timedelta(seconds=1))
    assert program.did(updates.move, ANN, NOW, acme, text="x", evidence=(ahead,)).event.evidence
    with pytest.raises(Refused, match=r"^25 Nov has not come yet"):
        program.did(updates.move, ANN, NOW, acme, text="x", evidence=(replace(message, dated_at=NOW + 24 * HOUR),))


def test_a_page_given_before_is_no_new_evidence_however_it_is_written_unless_the_actor_is_chosen_anew(program: Program):
    umber, page = program.accounts["umber"], link("https://notes.example/m", EvidenceActor.US)
    program.did(updates.add_evidence, ANN, NOW, umber, Stage.AWARE, evidence=(page,))
    again = replace(page, url="https://notes.example/m/", actor=None)
    with pytest.raises(Refused, match=r"That link was given already, .* Choose who acted under Add evidence"):
        program.did(updates.add_evidence, ANN, NOW, umber, Stage.AWARE, evidence=(again,))
    with pytest.raises(Refused, match="That link was given already"):
        program.did(updates.add_evidence, ANN, NOW, umber, Stage.AWARE, evidence=(replace(again, actor=page.actor),))
    theirs = replace(again, actor=EvidenceActor.BUYER)
    added = program.did(updates.add_evidence, ANN, NOW, umber, Stage.AWARE, evidence=(theirs,))
    assert added.after.stage_has_evidence


def test_the_evidence_of_an_account_that_left_the_list_takes_no_judgment(program: Program) -> None:
    umber = program.accounts["umber"]
    theirs = program.did(updates.move, ANN, NOW, umber, text="x", evidence=(link("", EvidenceActor.BUYER),)).event.id
    program.did(account_list.remove, EVE, NOW, umber, because="They closed")
    with pytest.raises(Refused, match="Umber Foods was removed from the list"):
        program.did(judge, ANN, NOW, theirs, EvidenceActor.US)
    with pytest.raises(Refused, match="Umber Foods was removed from the list"):
        program.did(say_it_shows_the_step, ANN, NOW, theirs, Stage.AWARE)


# Evidence of days that no review counts: it shows no step, neither told with it nor added later.

LATER = NOW + timedelta(days=3)


def theirs(days_ago: float) -> Evidence:
    return replace(evidence("Minutes of a call", ago(days_ago)), actor=EvidenceActor.BUYER)


def moves(program: Program, account: str, *pieces: Evidence, to_stage: Stage | None = Stage.OPPORTUNITY) -> None:
    number = program.accounts[account]
    program.did(updates.move, ANN, NOW, number, text="They are keen", to_stage=to_stage, evidence=pieces)


def adds(program: Program, account: str, *pieces: Evidence) -> None:
    number = program.accounts[account]
    program.did(updates.add_evidence, ANN, LATER, number, Stage.OPPORTUNITY, evidence=pieces)


@pytest.mark.parametrize("tells", [moves, adds])
def test_a_step_is_not_shown_by_what_is_of_more_than_30_days_before_the_last_review(program: Program, tells):
    if tells is adds:
        moves(program, "globex")
        program.closes_review(NOW + timedelta(minutes=5))
    before = facts(program, LATER, "globex").account
    with pytest.raises(Refused, match="more than 30 days before the review that closed on"):
        tells(program, "globex", theirs(68))
    assert facts(program, LATER, "globex").account == before
    tells(program, "globex", theirs(2))
    assert facts(program, LATER, "globex").account.stage_has_evidence


def test_a_step_is_not_shown_by_what_is_of_before_the_account_was_named(program: Program) -> None:
    with pytest.raises(Refused, match="was named on"):
        moves(program, "umber", theirs(400))
    moves(program, "umber", theirs(400), to_stage=None)


# Answers to whose act evidence is of which nobody said it yet.

THEIRS = EvidenceActor.BUYER
MINUTE = timedelta(minutes=1)
IN_DOUBT = Evidence("notes", NOW, "https://notes.example/2", actor=EvidenceActor.IN_DOUBT)


def test_the_entries_in_doubt_of_an_account_are_asked_about_once_and_the_answer_counts(program: Program) -> None:
    umber = program.accounts["umber"]
    first = program.did(updates.move, CLEO, NOW, umber, text="Pilot plan", evidence=(IN_DOUBT,)).event.id
    second = program.did(updates.move, CLEO, NOW + MINUTE, umber, text="Minutes", evidence=(IN_DOUBT,)).event.id
    name, found = program.read(reads.of_account, umber, now=NOW + MINUTE)
    assert (name, [event.id for event in found]) == ("Umber Foods", [first, second])
    _, after = program.read(reads.of_account, umber, now=NOW + MINUTE, after_id=first)
    assert [event.id for event in after] == [second]
    assert program.did(answer, CLEO, NOW + MINUTE, {first: THEIRS}).left_out == 0
    assert program.did(answer, CLEO, NOW + MINUTE, {first: THEIRS}).left_out == 1
    assert facts(program, NOW + HOUR, "umber").account.last_buyer_touch_at == NOW
