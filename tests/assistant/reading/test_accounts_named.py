from assistant.reading.read_pieces import AccountSaid, read_names
from assistant.reading.tokens import as_typed, read_tokens
from tests.assistant.world import ACCOUNTS, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


def said(text: str, asker: str = "nora") -> list[tuple[AccountSaid, str]]:
    tokens = read_tokens(text)
    found = read_names(tokens, WorldNames(asker), TODAY).accounts
    return [(each, as_typed(tokens[each.start : each.end])) for each in found]


def keys(text: str, asker: str = "nora") -> list[str]:
    by_id = {row.account_id: key for key, row in ACCOUNTS.items()}
    return [by_id.get(each.account_id, "?") for each, _ in said(text, asker) if each.is_likely]


@cases(
    ("text", "accounts"),
    [
        ("how is maple?", "maple"),
        ("who owns maple insurance", "maple-insurance"),
        ("whats blocking maple ins", "maple-insurance"),
        ("maple insurance and maple", "maple-insurance maple"),
        ("compare Vantor and Vantora please", "vantor vantora"),
        ("vantor blockers", "vantor"),
        ("vantor vs vantora", "vantor vantora"),
        ("maples blockers", "maple"),
        ("Maple's tier", "maple"),
        ("brightwater", "brightwater"),
        ("anything on lakeview?", "lakeview"),
        ("lakeview hospital group buying group", "lakeview"),
        ("lakeview buying group", "lakeview"),
        ("where are we with etoil systems", "etoile"),
        ("etoile owner", "etoile"),
        ("Nørdhavns last touch?", "nordhavn"),
        ("nordhavn", "nordhavn"),
        ("obriens open blockers", "obrien"),
        ("who owns O\u2019Brien", "obrien"),
        ("o brien tools stage", "obrien"),
        ("kestral airways tier", "kestrel"),
        ("is kestral stalled", "kestrel"),
        ("whats owed on FNB this week", "fennimore"),
        ("fenimore bank value", "fennimore"),
        ("tallow and finches next actions", "tallow"),
        ("tallow &amp; finch", "tallow"),
        ("quill an sons, still just a candidate?", "quill"),
        ("3d parts stage?", "3d-parts"),
        ("what tier are 3dparts in", "3d-parts"),
        ("whats next for next gen labs", "next-labs"),
        ("status of maple.example", "maple"),
        ("who owns <http://mapleins.example|mapleins.example>", "maple-insurance"),
        ("CVL", "corvane"),
        ("value of CVL and KST", "corvane kestrel"),
        ("halden pump works", "halden"),
        ("corvain logistics", "corvane"),
        ("finch", "tallow"),
        ("brihgtwater", "brightwater"),
        ('how is "Open Road" doing', "open-road"),
        ("open road owner", "open-road"),
        ('FW: "can you check open items for corvane"', "corvane"),
        ("march foods", "march"),
        ("is anything due at march in december", "march"),
        ("hows early doing", "early"),
        ("early's owner", "early"),
        ("earlys owner", "early"),
        ("what is happening with Early", "early"),
        ("Early?", "early"),
        ("early - blocked?", "early"),
        ("signal works signals", "signal-works"),
        ("signals from signal works", "signal-works"),
        ("give me the short version on maple insurnce", "maple-insurance"),
        ("nextgen labs tier", "next-labs"),
        ("lake view status", "lakeview"),
        ("brightwatr energy owner", "brightwater"),
        ("nordhavn shipping", "nordhavn"),
        ("maple inc", "maple"),
        ("any news on march", "march"),
        ("who looks after early", "early"),
        ("early owner", "early"),
        ("what is early worth", "early"),
        ("hexley steel status", "?"),
        ("blockers at hexley steel", "?"),
        ("blockers at vantorr robotics", "?"),
    ],
)
def test_accounts_are_found_where_they_are_named(text: str, accounts: str) -> None:
    assert " ".join(keys(text)) == accounts


@cases(
    "text",
    [
        "any early signs from us",
        "what have i got due early next week",
        "any early intent",
        "which signal works best",
        "how many have one of ours at the table",
        "is there a stable contact",
        "which blockers are open right now",
        "open actions",
        "whats next",
        "next actions for me",
        "what signals came in, anything that works for us?",
        "what is due in march?",
        "what may i see",
        "tier 1 accounts",
        "who is the pilot",
        "which parts are missing",
        "the airline",
        "42",
        "-- ?? --",
        "stalled accounts in transport",
        "healthcare accounts",
        "food accounts without a champion",
        "how many people do we know",
        "what needs legal",
        "is there a proof of value",
    ],
)
def test_common_words_are_no_accounts(text: str) -> None:
    assert keys(text) == []


def test_a_name_near_to_two_accounts_offers_both() -> None:
    [(found, typed)] = said("how is vantorr robotics")
    assert found.choice is not None
    assert found.choice.is_ambiguous
    assert {account_id for account_id, _ in found.choice.accounts} == {16, 17}
    assert typed == found.choice.typed == "vantorr robotics"


def test_a_private_account_is_no_name_for_who_may_not_see_it() -> None:
    assert keys("orrin rail status", "priya") == ["orrin"]
    assert keys("orin - whats due", "priya") == ["orrin"]
    [(found, typed)] = said("when is orrin rails next review", "will")
    assert (found.account_id, typed) == (0, "orrin rails")
    assert found.choice is not None
    assert not found.choice.is_ambiguous


def test_words_that_are_near_to_none_say_whether_a_name_has_to_stand_there() -> None:
    [(title, _)] = said("when is the zorble due")
    assert not title.is_likely


@cases(
    "text",
    ["who owns maple insurnaac", "Maple Inusrtce?", "maple, insurance?", "maple's insurance", "is maple insured"],
)
def test_the_shorter_of_two_names_is_asked_about_where_the_longer_one_may_be_meant(text: str) -> None:
    [(found, _)] = said(text)
    assert found.choice is not None
    assert [account_id for account_id, _ in found.choice.accounts] == [1, 2]


@cases("text", ["who owns maple inc", "maple issues", "maple, stalled?"])
def test_other_words_after_the_shorter_name_leave_it_alone(text: str) -> None:
    assert keys(text) == ["maple"]
