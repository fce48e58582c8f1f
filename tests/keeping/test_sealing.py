import secrets

import pytest

from assistant.errors import SealBroken
from assistant.keeping.sealing import row_id, seal, unseal

SECRET = secrets.token_urlsafe(32)
CONTENT = "Jag heter Amal och har kört lastbil. ".encode() * 20


def test_a_seal_opens_with_its_secret():
    assert unseal(SECRET, seal(SECRET, CONTENT)) == CONTENT


def test_a_seal_tells_nothing():
    first, second = seal(SECRET, CONTENT), seal(SECRET, CONTENT)
    assert first != second
    for hidden in (b"Amal", SECRET.encode(), row_id(SECRET).encode()):
        assert hidden not in first
    assert SECRET not in row_id(SECRET)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\x01",
        b"\x02" + seal(SECRET, CONTENT)[1:],
        seal(SECRET, CONTENT)[:-1],
        seal(SECRET, CONTENT) + b"x",
    ],
    ids=["nothing", "too short", "another version", "cut off", "longer"],
)
def test_a_broken_seal_does_not_open(broken: bytes):
    with pytest.raises(SealBroken):
        unseal(SECRET, broken)


def test_another_secret_does_not_open_a_seal():
    with pytest.raises(SealBroken):
        unseal(secrets.token_urlsafe(32), seal(SECRET, CONTENT))
