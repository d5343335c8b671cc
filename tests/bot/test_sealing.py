import pytest
from cryptography.fernet import Fernet

from bot.sealing import Sealing, UndecryptableSecret

KEY, OTHER = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_a_sealed_secret_opens_with_its_own_key_alone() -> None:
    sealed = Sealing(KEY).seal("sample")
    assert "sample" not in sealed
    assert Sealing(KEY).open(sealed) == "sample"
    with pytest.raises(UndecryptableSecret):
        Sealing(OTHER).open(sealed)


def test_without_a_key_a_secret_is_kept_as_it_is_and_counts_no_more_once_there_is_one() -> None:
    kept = Sealing("").seal("sample")
    assert (kept, Sealing("").open(kept)) == ("sample", "sample")
    with pytest.raises(UndecryptableSecret):
        Sealing(KEY).open(kept)
