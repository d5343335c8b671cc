from agendas.facts.evidence import BuyerAct, EvidenceActor
from agendas.text.who_acted import Sides, name_words, read_act, read_actor
from tests.cases import cases

# The actor of an update, read from its words.

SIDES = Sides(
    buyer_names=frozenset({"halden", "rita", "sample"}),
    buyer_domains=frozenset({"halden.example"}),
    our_domains=frozenset({"ours.example"}),
)


@cases(
    "text",
    [
        "they sent the signed order form",
        "CFO asked for an offer",
        "we had a call with their CFO",
        "They asked for our deck, we sent it",
        "we met their CTO at the fair",
        "Rita confirmed the date",
        "Halden signed",
        "Signed LOI",
        "our proposal was accepted by their board",
        "they visited our pricing page https://ours.example/pricing",
        "mail from their CFO",
        "their lawyer offered a cap of two yearly fees",
        "kick-off held with procurement",
        "demo with Rita went well",
        "rita@halden.example wrote back",
        "Champion replied",
    ],
)
def test_an_act_of_theirs_is_the_buyers(text: str) -> None:
    assert read_actor(text, sides=SIDES) is EvidenceActor.BUYER


@cases(
    "text",
    [
        "we sent them our deck again",
        "our CEO called their COO",
        "we presented to their board",
        "we called them, no answer",
        "<@U123> sent the deck",
        "I mailed the proposal",
    ],
)
def test_an_act_of_ours_is_ours(text: str) -> None:
    assert read_actor(text, sides=SIDES) is EvidenceActor.US


@cases(
    "text",
    [
        "",
        "I have a good feeling",
        "We sent the deck and they replied",
        "no reply from them",
        "they did not reply",
        "they haven\u2019t answered our mail",
        "waiting for their reply",
        "they will sign on Friday",
        "The CFO wants a pilot",
        "it works",
        "notes",
        "they plan a pilot",
        "they plan to share the numbers",
        "the CFO plans to sign the contract",
        "their board plans a call with us",
        "they shared that they plan a pilot",
    ],
)
def test_plans_wishes_and_what_did_not_happen_are_in_doubt(text: str) -> None:
    assert read_actor(text, sides=SIDES) is EvidenceActor.IN_DOUBT


@cases(
    "text",
    [
        "they shared the rollout plan",
        "their CFO sent us the plan",
        "Rita signed off the plan for Graz",
        "their CIO approved the plan to start in March",
        "they sent plans for two depots",
    ],
)
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


@cases(
    "text",
    [
        "they are happy",
        "their CFO asked for a demo",
        "they asked us to set up a meeting with their CFO",
        "the CTO is interested in a demo",
        "they agreed to a call with our engineers",
        "they booked a workshop with us for Friday",
        "no reply to our mail",
        "they have not answered our mail",
        "Rita opened our mail",
        "their CFO asked about the contract",
        "they sent questions about the contract",
        "they signed up for the newsletter",
        "they called off the pilot",
        "they met all requirements",
        "they won an award",
        "their CEO spoke at the fair",
        "their new CFO joined in May",
        "they came in order to compare prices",
        "they asked for ten minutes",
        "they moved the meeting",
        "their buyer wrote a review of us",
        "the contract is to be signed",
    ],
)
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


@cases(
    "text",
    [
        "we sent them our deck again",
        "sent them the deck",
        "Sent proposal",
        "emailed Maria the pricing",
        "called Maria, left a voicemail",
        "Maria opened our mail twice",
        "their CFO opened the first email",
        "Maria left the company",
        "their CFO has left Acme",
        "Maria left",
        "their champion moved to another company",
        "left them a voicemail",
        "followed up with Maria",
        "I followed up with their CFO by mail",
        "pinged Maria on LinkedIn",
        "our SDR called their CFO",
        "presented to the board our vision",
        "shared the case study with Maria",
        "invited their CFO to our dinner",
        "our CEO wrote to their CEO",
        "Nora sent Maria the contract",
        "Nora called Kessler",
        "proposal sent",
        "deck sent to their team",
        "Contract sent to legal",
        "We had our deck reviewed by our lawyers",
        "Meeting request sent to their CFO",
        "meeting with Maria scheduled",
        "meeting with Maria next week",
        "Meeting with CFO planned for Friday",
        "call with Maria tomorrow",
        "trying to get a meeting with their CFO",
        "asked for a meeting with their CFO",
        "requested a meeting with their CFO",
        "Requested call with their CTO",
        "we booked a meeting with our team about Acme",
        "demo with our engineers about Acme",
        "wir haben das Angebot geschickt",
        "Angebot geschickt",
        "ich habe Kessler angerufen",
        "we met internally about Acme",
        "we met to discuss Acme",
        "our team met about their contract",
        "I spoke with our CFO about Acme",
        "spoke with our lawyer about their redlines",
        "call with Nora about Acme",
        "internal call about Acme",
        "they did not reply",
        "no reply from Maria",
        "Maria hasn't replied",
        "haven't heard back from CFO",
        "sent a reminder because they never replied",
        "they ghosted us",
        "they will sign next week",
        "They promised to sign",
        "they should send it",
        "legal sent them the DPA",
        "our legal sent the DPA",
        "marketing sent them the invite",
        "Sales called Acme",
        "finance approved our discount",
        "our finance approved the discount",
        "we paid for their lunch",
        "our manager wrote to them",
        "our security team answered their questionnaire",
        "our board approved the discount",
        "product team presented to Acme",
        "our account manager called them",
        "the deck was sent to Maria by me",
        "deck was shared with them by our SE",
        "opened an opportunity for Acme",
        "someone on our team sent them a deck",
        "our new CFO met their CFO",
        "the customer success team sent the QBR deck",
        "head of sales sent proposal",
        "VP Sales called their CIO",
        "my manager called Maria",
        "Our champion deck was sent",
        "we sent Maria the contract and she signed",
        "added Maria to our newsletter",
        "their deck was prepared by us",
        "their contract was sent by us",
        "their proposal was sent yesterday",
        "We added them to the cadence",
        "CFO deck sent",
        "CFO was sent our proposal",
        "Maria was sent the contract",
        "Maria was called twice",
        "they were sent the proposal",
        "they have been invited to the webinar",
        "they received our proposal",
        "Customer got our mail",
        "client presentation delivered",
        "customer proposal submitted",
        "customer proposal sent",
        "board deck presented",
        "security docs shared",
        "Acme deck sent",
        "Acme contacted",
        "Acme called",
        "Acme proposal sent to Maria",
        "Acme pitched",
        "they cancelled the meeting",
        "we declined their terms",
        "I think they decided",
        "I heard they chose us",
        "we asked them to sign",
        "we asked Maria if she signed",
        "we hope they signed",
        "sent; hoping they replied",
        "tried to reach their CFO",
        "tried calling their CFO",
        "tried them again",
        "no luck with a call to their CFO",
        "left message for CFO",
        "voicemail to CFO",
        "Signed contract sent to them",
        "confirmed the meeting room for Acme",
        "approved discount for Acme",
        "accepted their terms",
        "Requested references from our team",
        "Confirmed internally",
        "replied to their questions",
        "Replied to Maria's mail",
        "approved by our CFO",
        "Signed off internally by our CFO",
        "attended their webinar",
        "bought them dinner",
        "requested intro",
        "requested feedback",
        "Confirmed next steps by mail",
        "dinner invitation sent to CFO",
        "demo link sent to their team with pricing",
        "booked call with CFO for Monday",
        "prepared for call with CFO",
        "preparing meeting with CFO",
        "set up meeting with CFO for Dec 4",
        "tried to set up a call with Maria",
        "note from our call about Acme",
        "feedback from our team on Acme",
    ],
)
def test_what_is_not_plainly_their_act_is_not_taken_for_one(text: str) -> None:
    assert read_actor(text, sides=NAMED_SIDES) in (EvidenceActor.US, EvidenceActor.IN_DOUBT)


@cases(
    ("name", "text"),
    [
        ("The Frame Group", "The proposal was sent today"),
        ("New Leaf", "New pricing deck shared"),
        ("First Solar", "First proposal sent"),
        ("Global Mills", "Global team sent the deck"),
        ("Open Text", "Open points answered by mail"),
        ("Halden Sales", "Sales sent the quote"),
        ("Deck Yachts", "deck sent"),
    ],
)
def test_generic_words_of_a_name_call_nobody(name: str, text: str) -> None:
    sides = Sides(buyer_names=frozenset(name_words(name)))
    assert read_actor(text, sides=sides) is not EvidenceActor.BUYER


def test_a_name_that_both_sides_have_tells_nothing() -> None:
    sides = Sides(buyer_names=frozenset({"nora"}), our_names=frozenset({"nora"}))
    assert read_actor("Nora sent the deck", sides=sides) is EvidenceActor.IN_DOUBT
