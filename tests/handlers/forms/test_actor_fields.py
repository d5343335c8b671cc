"""The choice of the actor that forms offer: the guess, and the forms that have it."""

from dataclasses import replace
from typing import Any

from agendas.facts.account import Stage
from agendas.facts.evidence import BuyerAct, EvidenceActor
from agendas.text.who_acted import Sides
from handlers import evidence, plays, update_forms
from handlers.forms import Origin, guess
from tests.builders import ANN, NOW, account
from tests.cases import cases
from tests.handlers.filling import filled
from tests.handlers.form_samples import LONGEST_RUN, facts

SIDES = Sides(
    buyer_names=frozenset({"acme", "rita"}),
    buyer_domains=frozenset({"acme.example"}),
    our_domains=frozenset({"ours.example"}),
)
BY_CALL = {"actor": f"{EvidenceActor.BUYER}/{BuyerAct.CALL}"}


@cases(
    ("told", "choice"),
    [
        ("Rita called about the price", "buyer/call"),
        ("https://www.ours.example/deck", "us"),
        ("Minutes https://notes.example/m", "words"),
    ],
)
def test_the_guess_knows_the_names_and_domains_of_both_sides(told: str, choice: str) -> None:
    assert guess(told, SIDES) == choice


def test_the_form_for_evidence_guesses_by_the_words_of_the_message_it_was_opened_on() -> None:
    claimed = account(stage_has_evidence=False, claimed_from=Stage.TARGET)
    on_message = Origin(account_id=1, evidence_url="https://sample.example/p1", text="Rita called about the price")
    view = evidence.build(replace(facts(claimed, on_message, {}, asker=ANN), sides=SIDES))
    assert "The buyer, in a call" in str(_initial_of(view, "actor"))


def test_a_blockers_evidence_and_that_of_a_plays_outcome_say_who_acted() -> None:
    view = update_forms.build_blocker_form(facts(account(), Origin(), {}, asker=ANN))
    blocker = update_forms.read_blocker_form(
        filled(view, text="Money", evidence="https://notes.example/m", **BY_CALL), NOW
    )
    view = plays.build_end(account(), LONGEST_RUN, Origin(), {}, sides=SIDES)
    values = {"what": "outcome", f"text/{LONGEST_RUN.id}": "x", f"evidence/{LONGEST_RUN.id}": "Minutes"}
    end = plays.read_end(filled(view, **values, **BY_CALL), NOW)
    assert [(piece.actor, piece.act) for piece in (*blocker.evidence, *end.evidence)] == [
        (EvidenceActor.BUYER, BuyerAct.CALL)
    ] * 2


def _initial_of(view: dict[str, Any], name: str) -> Any:
    [field] = [block for block in view["blocks"] if block.get("block_id") == name]
    return field["element"]["initial_option"]
