"""Follow-ups that speak of other accounts than the one just answered about."""

from itertools import product

from assistant.conversation import LastAnswer
from assistant.query import Query
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Choice, Reading
from tests.assistant.labels import read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


def read(text: str, *, before: str) -> Reading:
    query = read_label(before)
    assert isinstance(query, Query)
    last = LastAnswer(query, query.of)
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=last)


OF_OTHERS = [
    ("accounts card of=kestrel", "and food", "accounts list segments=Food"),
    ("accounts card of=kestrel", "what about tier 1", "accounts list tiers=1"),
    ("accounts card of=kestrel", "the biggest", "accounts list by=value limit=1"),
    ("accounts card of=kestrel", "is anything paused", "accounts list statuses=paused"),
    ("accounts card of=kestrel", "yesterday?", "changes list of=kestrel period=2026-11-25..2026-11-25"),
    ("accounts field of=kestrel fields=owner", "and which are stalled", "accounts list states=stalled"),
    ("accounts yes_no of=kestrel states=stalled", "who is", "accounts list states=stalled"),
    ("accounts yes_no of=kestrel states=stalled", "and mine", "accounts list states=stalled owners=nora"),
    ("accounts yes_no of=kestrel states=stalled", "is it blocked", "accounts yes_no of=kestrel having=blocker"),
    ("accounts card of=kestrel", "does nora own it", "accounts yes_no of=kestrel owners=nora"),
    ("blockers list of=kestrel", "who else", "blockers list"),
    ("blockers list of=kestrel", "who has none", "accounts list without=blocker"),
    ("people list of=kestrel roles=champion", "which accounts don't", "accounts list without=role roles=champion"),
    ("blockers list of=kestrel", "and for the candidates", "blockers list statuses=candidate"),
    ("signals list of=kestrel", "for tomas", "signals list owners=tomas"),
    ("signals list of=kestrel", "and in march", "signals list of=kestrel period=2026-03-01..2026-03-31"),
    ("accounts card of=kestrel", "am i on it", "accounts yes_no of=kestrel owners=nora"),
    ("accounts card of=kestrel", "what did i promise them", "actions list of=kestrel whose=nora"),
    ("movement list of=kestrel", "who advanced", "movement list ways=advanced"),
]


@cases(("before", "text", "meant"), OF_OTHERS)
def test_an_account_stays_only_where_a_word_points_at_it(before: str, text: str, meant: str) -> None:
    assert read(text, before=before).query == read_label(meant)


def test_one_of_several_accounts_is_asked_for_by_their_names() -> None:
    found = read("who owns it", before="accounts compare of=kestrel,halden")
    assert found.query == read_label("accounts field fields=owner")
    assert found.choices == (Choice("it", ((23, "Kestrel Airways"), (6, "Halden Pumpworks")), is_ambiguous=True),)


KEPT = [
    ("accounts list tiers=2", "which of them moved", "movement list tiers=2"),
    ("plays list segments=Food", "running ones", "plays list segments=Food"),
    ("signals list of=kestrel", "for halden in october", "signals list of=halden period=2026-10-01..2026-10-31"),
    ("deals list tiers=2 period=2026-10-01..2026-12-31", "worth?", "deals sum tiers=2 period=2026-10-01..2026-12-31"),
    ("deals list tiers=2", "what's that worth", "deals sum tiers=2"),
    ("actions list whose=nora", "and blockers", "blockers list whose=nora"),
    ("blockers list tiers=1", "any signals", "signals list tiers=1"),
    (
        "accounts list states=stalled segments=Food",
        "needing product",
        "blockers list states=stalled segments=Food needs=product",
    ),
    ("actions list of=kestrel is_overdue", "show more", "actions list of=kestrel is_overdue skip=15"),
]


@cases(("before", "text", "meant"), KEPT)
def test_what_the_last_list_was_narrowed_to_holds_for_what_is_asked_of_it(before: str, text: str, meant: str) -> None:
    assert read(text, before=before).query == read_label(meant)


@cases(
    ("before", "text"),
    product(
        ["accounts card of=kestrel", "blockers list of=kestrel"],
        ["and hexley?", "what about Zebra Corp", "same for hexley"],
    ),
)
def test_an_account_that_nobody_has_is_asked_about_and_not_taken_for_the_one_before(before: str, text: str) -> None:
    found = read(text, before=before)
    assert found.choices
    assert found.query is not None
    assert found.query.of == ()
