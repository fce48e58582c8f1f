import logging
import random
from dataclasses import dataclass

import pytest

from assistant.agent.safety import MASK, mask_identity_numbers
from assistant.build import Application
from assistant.domain.conversation import UserInput
from assistant.domain.language import Language


def check_digit(nine: str) -> str:
    """The tenth digit, by Luhn over the first nine; written anew here, to hold the product's against."""
    doubled = [int(digit) * (2 - i % 2) for i, digit in enumerate(nine)]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def number(nine: str) -> str:
    return nine + check_digit(nine)


# Skatteverket's own example, and invented ones with the right checksum.
PERSONAL = ("8112189876", number("900101000"), number("010203123"), number("991231998"), number("120229001"))
COORDINATION = (number("811278987"), number("900161000"), number("000091238"), number("750060123"))


def written(number: str) -> list[str]:
    """One number as people write it, print it and paste it."""
    date, last = number[:6], number[6:]
    years, month, day = date[:2], date[2:4], date[4:]
    forms = [
        f"{date}{last}", f"{date}-{last}", f"{date}+{last}", f"{date} {last}", f"{date} - {last}",
        f"{date}  {last}", f"{date}–{last}", f"{date}—{last}", f"{date}−{last}", f"{date}‑{last}",
        f"{date}\N{NO-BREAK SPACE}{last}", f"{date}-\n{last}", f"{date}/{last}", f"{date}_{last}",
        f"{years} {month} {day} {last}", f"{years}-{month}-{day}-{last}", f"{years}/{month}/{day} {last}",
        f"{years}.{month}.{day}-{last}", " ".join(number), f"{date}-{last[:2]} {last[2:]}",
    ]  # fmt: skip
    century = [f"19{form}" for form in forms[:13]]
    spelt = [
        f"19{years}-{month}-{day}-{last}", f"19{years} {month} {day} {last}", f"19 {date} {last}",
        " ".join(f"19{number}"),
    ]  # fmt: skip
    return forms + century + spelt


@pytest.mark.parametrize("digits", PERSONAL + COORDINATION)
def test_numbers_are_masked_however_they_are_written(digits: str) -> None:
    for form in written(digits):
        for text in (form, f"Jag är {form}, hej", f"pnr:{form}.", f"({form})", f"nr{form}x", f"-{form}-"):
            gated = mask_identity_numbers(text)
            assert gated.masked, text
            assert gated.text == text.replace(form, MASK), text


def test_half_a_surrogate_pair_does_not_pass() -> None:
    assert mask_identity_numbers("hej \ud83d").text == "hej ?"


def test_all_numbers_of_a_text_are_masked_and_the_rest_stays() -> None:
    text = "Jag är 811218-9876, min fru 19811278-9873. Vi kom 2015 och bor på Storgatan 12."
    assert mask_identity_numbers(text).text == (
        f"Jag är {MASK}, min fru {MASK}. Vi kom 2015 och bor på Storgatan 12."
    )


def test_digits_of_other_scripts_count_too() -> None:
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert mask_identity_numbers("811218-9876".translate(arabic)).text == MASK


OTHER_NUMBERS = (
    "", "hej", "7 år", "2010-2017", "1981-12-18", "2026-01-01", "18/12 1981", "20.11.2026 kl. 10.30",
    "25 000 kr", "070-123 45 67", "070 - 123 45 67", "+46 70 123 45 67", "0046701234567", "08-123 456 78",
    "031-12 34 56", "+963 11 221 3344", "SSYK 8332", "bankgiro 5050-1055", "8327-9, 994 123 456-7",
    "6000 123 456 789", "SE45 5000 0000 0583 9825 7466", "4111 1111 1111 1111", "556036-0793",
    "5560360793", "ISBN 978-91-7000-150-5", "12345678901234", "0.81121898", "811218-987", "81121-9876",
)  # fmt: skip


@pytest.mark.parametrize("text", OTHER_NUMBERS)
def test_other_numbers_stay(text: str) -> None:
    gated = mask_identity_numbers(text)
    assert (gated.text, gated.masked) == (text, False)


def test_a_wrong_checksum_is_not_masked() -> None:
    for digits in PERSONAL:
        for wrong in set("0123456789") - {digits[9]}:
            assert not mask_identity_numbers(f"{digits[:6]}-{digits[6:9]}{wrong}").masked


@pytest.mark.parametrize(
    "nine", ["811318123", "811232123", "810032123", "811200123", "811293123", "811300123"]
)
def test_an_impossible_date_is_not_masked(nine: str) -> None:
    assert not mask_identity_numbers(number(nine)).masked


def test_mobile_numbers_as_usually_written_are_never_masked() -> None:
    rng = random.Random(8112)
    for _ in range(2000):
        a, b, c = rng.randint(100, 999), rng.randint(10, 99), rng.randint(10, 99)
        text = f"Ring 07{rng.choice('02369')}-{a} {b} {c}"
        assert mask_identity_numbers(text).text == text


def test_a_text_within_numbers_is_safe_whatever_stands_around_it() -> None:
    rng = random.Random(9876)
    around = ["", " ", "\n", ",", ";", ":", "å", "x", "\t", "(", '"', "tel ", "2015 ", " 2015", "7 år"]
    for _ in range(1000):
        digits = rng.choice(PERSONAL + COORDINATION)
        form = rng.choice(written(digits))
        before = rng.choice(around)
        # A number may not be glued to digits that make it another.
        text = f"{before}{'' if before[-1:].isspace() else ' '}{form} {rng.choice(around[:10])}"
        assert digits[6:] not in mask_identity_numbers(text).text.replace(" ", ""), text


@pytest.mark.parametrize(
    "text", ["8" * 100_000, "81 " * 33_000, "811218-" * 14_000, "19" + " " * 100_000 + "8"]
)
def test_no_text_takes_long(text: str) -> None:
    assert not mask_identity_numbers(text).masked


@dataclass(frozen=True)
class Case:
    id: str
    sent: UserInput


BESIDE_A_YEAR = (
    "2015 811218-9876",
    "Sedan 2019 8112189876",
    f"{number('200101123')} 12 år",
    "12 19811218-9876",
    "19 20 811218-9876",
)


@pytest.mark.parametrize("text", BESIDE_A_YEAR)
def test_a_number_beside_other_digits_is_masked(text: str) -> None:
    assert mask_identity_numbers(text).masked


SENT = (
    Case("message", UserInput(message="Jag heter Ali, 19811218-9876, och har kört lastbil")),
    Case("choice", UserInput(choice_id="19811218-9876")),
    Case("at the longest message's end", UserInput(message="a" * 9_995 + " 811218-9876")),
)


@pytest.mark.parametrize("case", SENT, ids=lambda case: case.id)
async def test_numbers_reach_neither_logs_nor_what_is_held(
    case: Case, application: Application, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = application.new_session(Language.SV)
    events = [event async for event in session.send(case.sent)]
    everything = f"{caplog.text} {session.held()} {events}"
    assert "9876" not in everything
    assert "811218" not in everything
    assert application.texts.say("masked", session.language) in str(events[-1])
