from assistant.reading.read_pieces import read_names
from assistant.reading.tokens import read_tokens
from tests.assistant.labels import read_in
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

BY_ID = {person.user_id: key for key, person in PEOPLE.items()}


def persons(text: str) -> str:
    found = read_names(read_tokens(text), WorldNames("nora"), TODAY).persons
    return " ".join("/".join(BY_ID.get(user_id, user_id) for user_id in each.user_ids) for each in found)


def segments(text: str) -> list[str]:
    return [each.segment for each in read_names(read_tokens(text), WorldNames("nora"), TODAY).segments]


@cases(("text", "people"), read_in("our_people_are_found_by_the_names_that_they_are_called"))
def test_our_people_are_found_by_the_names_that_they_are_called(text: str, people: str) -> None:
    assert persons(text) == people


@cases(
    ("text", "named"),
    [
        ("stalled accounts in transport", ["Transport"]),
        ("healthcare accounts", ["Healthcare"]),
        ("health care accounts", ["Healthcare"]),
        ("accounts in health", ["Healthcare"]),
        ("our finance customers", ["Financial services"]),
        ("financial services", ["Financial services"]),
        ("blockers in fin services", []),
        ("and energy?", ["Energy"]),
        ("food or software accounts", ["Food", "Software"]),
        ("transportation accounts", ["Transport"]),
        ("manufacturing", ["Manufacturing"]),
        ("manufacturers in trouble", []),
        ("what needs finance", []),
        ("waiting for finance", []),
        ("brightwater energy", []),
        ("march foods", []),
        ("how is hexley energy", []),
    ],
)
def test_segments_are_found_as_stored_and_by_their_stem_where_accounts_are_meant(text: str, named: list[str]) -> None:
    assert segments(text) == named
