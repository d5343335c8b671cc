"""Both orders of words after /account, and accounts whose names begin with such a word."""

import pytest

from agendas.errors import UnknownAccount
from agendas.facts.events import Profile
from agendas.rules.commands import Asked, Vocabulary
from agendas.verbs import account_list
from agendas.verbs.card import account_asked
from storage import accounts
from storage.database import Store
from tests.builders import ANN, NOW
from tests.cases import cases
from tests.program import Program, stored_program

WORDS = Vocabulary(("history", "fit", "group", "plays"), ("group add", "plays start"))
NAMES = (
    "Fit Labs",
    "Labs",
    "Lab Supplies",
    "History Channel",
    "Tier One",
    "Listo",
    "List",
    "Nominate Labs",
    "Fitters Hall",
)


@pytest.fixture
def program(store: Store) -> Program:
    found = stored_program(store)
    for name in NAMES:
        found.did(account_list.nominate, ANN, NOW, Profile(name=name), because="Fits")
    return found


def asked(program: Program, text: str) -> tuple[str, str, str]:
    """(name of the account, word, rest), the word in brackets where a word has no meaning."""
    found: Asked = program.read(account_asked, text, WORDS, channel_id="")
    name = program.read(accounts.names).get(found.account_id, "")
    return name, found.word if found.is_whole else f"[{found.word}]", found.rest


@cases(
    ("text", "meant"),
    [
        ("acme fit", ("Acme Corp", "fit", "")),
        ("fit acme", ("Acme Corp", "fit", "")),
        ("FIT Acme Corp", ("Acme Corp", "fit", "")),
        ("acme group add Rita, CFO", ("Acme Corp", "group add", "Rita, CFO")),
        ("group add acme Rita, CFO", ("Acme Corp", "group add", "Rita, CFO")),
        ("group acme add Rita, CFO", ("Acme Corp", "group add", "Rita, CFO")),
        ("acme tier 2 because big", ("Acme Corp", "tier", "2 because big")),
        ("tier acme 2 because big", ("Acme Corp", "tier", "2 because big")),
        ("acme pause because slow", ("Acme Corp", "pause", "because slow")),
        ("acme edit", ("Acme Corp", "edit", "")),
        ("edit acme", ("Acme Corp", "edit", "")),
        ("nominate Umbrella because big", ("", "nominate", "Umbrella because big")),
        ("Umbrella nominate because big", ("", "nominate", "Umbrella because big")),
        ("history umbrella nominate", ("", "nominate", "history umbrella")),
        ("list tier 1", ("", "list", "tier 1")),
        ("history", ("History Channel", "", "")),
        ("group", ("", "group", "")),
        ("group add", ("", "group add", "")),
        ("tier acme 7 because big", ("Acme Corp", "[tier]", "7 because big")),
        ("acme histroy", ("Acme Corp", "[]", "histroy")),
        ("acme history please", ("Acme Corp", "[history]", "please")),
    ],
)
def test_words_mean_the_same_before_the_account_and_after_it(
    program: Program, text: str, meant: tuple[str, str, str]
) -> None:
    assert asked(program, text) == meant


@cases(
    ("text", "meant"),
    [
        ("fit labs fit", ("Fit Labs", "fit", "")),
        ("fit fit labs", ("Fit Labs", "fit", "")),
        ('fit "labs"', ("Labs", "fit", "")),
        ("labs fit", ("Labs", "fit", "")),
        ('"fit labs" history', ("Fit Labs", "history", "")),
        ("history history", ("History Channel", "history", "")),
        ("history channel tier 1 because big", ("History Channel", "tier", "1 because big")),
        ("tier one", ("Tier One", "", "")),
        ("tier tier one 1 because big", ("Tier One", "tier", "1 because big")),
        ("list", ("List", "", "")),
        ("nominate labs", ("Nominate Labs", "", "")),
        ('nominate "labs"', ("", "nominate", '"labs"')),
    ],
)
def test_an_account_named_like_a_word_is_found_and_quotation_marks_say_which(
    program: Program, text: str, meant: tuple[str, str, str]
) -> None:
    assert asked(program, text) == meant


@cases("text", ["fit nosuch", "histroy acme", "group add nosuch"])
def test_an_account_that_is_none_is_refused(program: Program, text: str) -> None:
    with pytest.raises(UnknownAccount):
        asked(program, text)
