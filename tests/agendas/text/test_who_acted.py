from agendas.facts.evidence import BuyerAct, EvidenceActor
from agendas.text.who_acted import Sides, name_words, read_act, read_actor
from tests.cases import cases, texts

# The actor of an update, read from its words.

SIDES = Sides(
    buyer_names=frozenset({"halden", "rita", "sample"}),
    buyer_domains=frozenset({"halden.example"}),
    our_domains=frozenset({"ours.example"}),
)


@texts("text")
def test_an_act_of_theirs_is_the_buyers(text: str) -> None:
    assert read_actor(text, sides=SIDES) is EvidenceActor.BUYER


@texts("text")
def test_an_act_of_ours_is_ours(text: str) -> None:
    assert read_actor(text, sides=SIDES) is EvidenceActor.US


@texts("text")
def test_plans_wishes_and_what_did_not_happen_are_in_doubt(text: str) -> None:
    assert read_actor(text, sides=SIDES) is EvidenceActor.IN_DOUBT


@texts("text")
def test_a_plan_that_somebody_gives_is_a_thing_and_no_doubt(text: str) -> None:
    assert read_actor(text, sides=SIDES) is EvidenceActor.BUYER


def test_a_plan_that_we_gave_is_our_act() -> None:
    assert read_actor("we shared the rollout plan", sides=SIDES) is EvidenceActor.US


def test_what_the_press_reported_is_a_third_partys() -> None:
    assert read_actor("press reported that they chose us") is EvidenceActor.THIRD_PARTY


def test_a_link_alone_is_ours_on_our_own_site_and_in_doubt_anywhere_else() -> None:
    assert read_actor("deck", ["https://www.ours.example/deck"], SIDES) is EvidenceActor.US
    assert read_actor("deck", ["https://share.ours.example/deck"], SIDES) is EvidenceActor.US
    assert read_actor("deck", ["https://notours.example/deck"], SIDES) is EvidenceActor.IN_DOUBT
    assert read_actor("news", ["https://halden.example/news"], SIDES) is EvidenceActor.IN_DOUBT
    assert read_actor("both", ["https://ours.example/a", "https://x.example/b"], SIDES) is EvidenceActor.IN_DOUBT
    assert read_actor("broken", ["https://[broken"], SIDES) is EvidenceActor.IN_DOUBT


@cases(
    ("text", "act"),
    [
        ("mail from their CFO", BuyerAct.MAIL),
        ("they sent the numbers by mail", BuyerAct.MAIL),
        ("Champion replied with numbers", BuyerAct.MAIL),
        ("their CFO emailed us the terms", BuyerAct.MAIL),
        ("we had a call with their CFO", BuyerAct.CALL),
        ("Rita called", BuyerAct.CALL),
        ("he confirmed it on the phone", BuyerAct.CALL),
        ("they agreed in a call to two depots", BuyerAct.CALL),
        ("demo with Rita went well", BuyerAct.MEETING),
        ("we met their CTO at the fair", BuyerAct.MEETING),
        ("kick-off held with procurement", BuyerAct.MEETING),
        ("their COO asked for prices in the workshop", BuyerAct.MEETING),
        ("Two of them attended the demo on Tuesday", BuyerAct.MEETING),
        ("she filled in the contact form", BuyerAct.FORM),
        ("they visited the pricing page", BuyerAct.VISIT),
        ("he replied on LinkedIn", BuyerAct.MESSAGE),
        ("Signed LOI", BuyerAct.DOCUMENT),
        ("they returned the contract with redlines", BuyerAct.DOCUMENT),
        ("order from their plant in Graz", BuyerAct.DOCUMENT),
        ("Won: 60 seats", BuyerAct.DEAL),
    ],
)
def test_the_kind_of_an_act_is_read_where_the_words_plainly_tell_it(text: str, act: BuyerAct) -> None:
    assert read_act(text) is act


@texts("text")
def test_what_is_only_named_planned_or_may_mean_something_else_is_no_kind_of_act(text: str) -> None:
    assert read_act(text) is None


def test_people_are_called_by_the_words_of_their_names_but_not_by_verbs() -> None:
    assert name_words("Rita Sample") == ["rita", "sample"]
    assert name_words("Met Co") == []


# Words about our own activity, plans and what did not happen: never taken for an act of the buyer.

NAMED_SIDES = Sides(
    buyer_names=frozenset({"halden", "kessler", "maria", "acme", "northwind", "freight"}),
    our_names=frozenset({"nora", "tomas"}),
    buyer_domains=frozenset({"acme.example"}),
    our_domains=frozenset({"ours.example"}),
)


@texts("text")
def test_what_is_not_plainly_their_act_is_not_taken_for_one(text: str) -> None:
    assert read_actor(text, sides=NAMED_SIDES) in (EvidenceActor.US, EvidenceActor.IN_DOUBT)


@texts("name", "text")
def test_generic_words_of_a_name_call_nobody(name: str, text: str) -> None:
    assert read_actor(text, sides=Sides(buyer_names=frozenset(name_words(name)))) is not EvidenceActor.BUYER


def test_a_name_that_both_sides_have_tells_nothing() -> None:
    sides = Sides(buyer_names=frozenset({"nora"}), our_names=frozenset({"nora"}))
    assert read_actor("Nora sent the deck", sides=sides) is EvidenceActor.IN_DOUBT
