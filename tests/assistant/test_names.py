from assistant.names import MOST_SEARCHED, AccountSaid, find_near_accounts, read_names
from assistant.words import as_typed, read_tokens
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases, texts


def said(text: str, asker: str = "nora") -> list[tuple[AccountSaid, str]]:
    tokens = read_tokens(text)
    found = read_names(tokens, WorldNames(asker), TODAY).accounts
    return [(each, as_typed(tokens[each.start : each.end])) for each in found]


def keys(text: str, asker: str = "nora") -> list[str]:
    by_id = {row.account_id: key for key, row in ACCOUNTS.items()}
    return [by_id.get(each.account_id, "?") for each, _ in said(text, asker) if each.is_likely]


@texts("text", "accounts")
def test_accounts_are_found_where_they_are_named(text: str, accounts: str) -> None:
    assert " ".join(keys(text)) == accounts


@texts("text")
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


def test_the_first_unknown_words_alone_are_compared_with_every_name() -> None:
    assert len(find_near_accounts(read_tokens("hexlor, " * 100), WorldNames("nora"), ())) == MOST_SEARCHED


# People and segments.

BY_ID = {person.user_id: key for key, person in PEOPLE.items()}


def persons(text: str) -> str:
    found = read_names(read_tokens(text), WorldNames("nora"), TODAY).persons
    return " ".join("/".join(BY_ID.get(user_id, user_id) for user_id in each.user_ids) for each in found)


def segments(text: str) -> list[str]:
    return [each.segment for each in read_names(read_tokens(text), WorldNames("nora"), TODAY).segments]


@texts("text", "people")
def test_our_people_are_found_by_the_names_that_they_are_called(text: str, people: str) -> None:
    assert persons(text) == people


@texts("text", "named")
def test_segments_are_found_as_stored_and_by_their_stem_where_accounts_are_meant(text: str, named: str) -> None:
    assert ", ".join(segments(text)) == named
