from agendas.facts.account import ListStatus
from tests.cases import cases


@cases(
    ("status", "is_on_list", "is_closed"),
    [
        (ListStatus.CANDIDATE, False, False),
        (ListStatus.NAMED, True, False),
        (ListStatus.PAUSED, True, False),
        (ListStatus.REMOVED, False, True),
        (ListStatus.REJECTED, False, True),
    ],
)
def test_an_account_is_on_the_list_closed_or_a_candidate(status: ListStatus, is_on_list: bool, is_closed: bool) -> None:
    assert (status.is_on_list, status.is_closed) == (is_on_list, is_closed)
