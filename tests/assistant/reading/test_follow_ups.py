from assistant.conversation import LastAnswer
from assistant.query import Query
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.labels import read_in, read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


def after(
    label: str,
    text: str,
    *,
    listed: tuple[int, ...] = (),
    offered: tuple[int, ...] = (),
    earlier: tuple[int, ...] = (),
    owner: str = "",
) -> Query | None:
    before = read_label(label)
    assert isinstance(before, Query)
    last = LastAnswer(before, listed or before.of, offered=offered, earlier=earlier, owner=owner)
    asked = Asked(PEOPLE["nora"].user_id)
    return read_question(text, WorldNames("nora"), asked, today=TODAY, last=last).query


def test_the_other_one_is_the_one_of_two_that_was_not_answered_about() -> None:
    assert after("accounts card of=vantor", "the other one", offered=(16, 17)) == read_label("accounts card of=vantora")
    assert after("blockers list of=maple", "no, the other", offered=(1, 2)) == read_label(
        "blockers list of=maple-insurance"
    )


def test_what_was_asked_of_two_accounts_one_after_the_other_is_asked_of_both() -> None:
    value = "accounts field of=kestrel fields=value"
    assert after(value, "what's that together", earlier=(4,)) == read_label(
        "accounts sum of=corvane,kestrel fields=value"
    )
    assert after(value, "which is bigger", earlier=(4,)) == read_label(
        "accounts compare of=corvane,kestrel fields=value"
    )
    assert after(value, "blockers of both", earlier=(5, 4)) == read_label("blockers list of=corvane,kestrel")


@cases(("before", "text", "meant"), read_in("the_owner_of_the_account_spoken_of_is_meant_by_she"))
def test_the_owner_of_the_account_spoken_of_is_meant_by_she(before: str, text: str, meant: str) -> None:
    assert after(before, text, owner=PEOPLE["nora"].user_id) == read_label(meant)


def test_a_place_in_the_list_is_the_account_there() -> None:
    listed = (4, 23, 5)
    assert after("accounts list tiers=1", "who owns the first one", listed=listed) == read_label(
        "accounts field of=corvane fields=owner"
    )
    assert after("accounts list tiers=1", "blockers of the second?", listed=listed) == read_label(
        "blockers list of=kestrel"
    )
