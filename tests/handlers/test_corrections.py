import pytest

from agendas.errors import FieldProblems
from handlers import corrections
from handlers.forms import Origin
from tests.cases import cases
from tests.handlers.filling import filled

VIEW = corrections.build(
    Origin(account_id=7), {}, name="Acme", entries=[("Moved", "12"), ("Blocker", "11")], hint="It stays."
)


def test_the_entry_and_the_reason_read_back() -> None:
    assert corrections.read(filled(VIEW, entry="11", because=" It was Globex ")) == (11, "It was Globex")
    one = corrections.build(
        Origin(account_id=7), {"because": "Not ours"}, name="Acme", entries=[("Moved", "12")], hint="x"
    )
    assert corrections.read(filled(one)) == (12, "Not ours")


@cases(
    ("entry", "because", "field", "said"),
    [
        ("", "It was Globex", "entry", "Choose the entry that is not so"),
        ("x", "It was Globex", "entry", "Choose one of those offered here"),
        ("12", "  ", "because", "Say in a sentence why it is not so"),
        ("12", "x" * 3_001, "because", "The text has 3,001 characters; write at most 3,000"),
    ],
)
def test_what_is_missing_or_too_long_is_said_beside_its_field(entry: str, because: str, field: str, said: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        corrections.read(filled(VIEW, entry=entry, because=because))
    assert list(refused.value.fields) == [field]
    assert said in refused.value.fields[field]
