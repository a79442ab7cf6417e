"""How addresses and passwords are read, and how long a door stays shut."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from marketplace.identity import Place, rules
from marketplace.kernel.errors import Invalid

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
GUESSING = rules.Guessing(
    per_account=5,
    per_network=50,
    within=timedelta(minutes=15),
    remembered=timedelta(hours=24),
    shut_at_most=timedelta(hours=8),
)


def minutes(*past_noon: float) -> list[datetime]:
    return [NOON + timedelta(minutes=minute) for minute in past_noon]


class TestEmail:
    def test_is_known_by_its_small_letters(self) -> None:
        assert rules.tidy_email("  Buyer@Demo.TEST ") == "buyer@demo.test"

    @pytest.mark.parametrize(
        "text", ["", "buyer", "buyer@", "@demo.test", "a b@demo.test", "a@demo", "a@-x.test", "a@x..test"]
    )
    def test_is_refused_when_it_is_none(self, text: str) -> None:
        with pytest.raises(Invalid) as refused:
            rules.tidy_email(text)

        assert refused.value.reason == "email.malformed"
        assert refused.value.fields[0].field == "email"

    def test_is_refused_when_it_never_ends(self) -> None:
        with pytest.raises(Invalid):
            rules.tidy_email("a" * 250 + "@demo.test")


class TestPassword:
    def test_is_taken_from_ten_characters_on(self) -> None:
        rules.check_password("ten chars!", email="buyer@demo.test")

    @pytest.mark.parametrize(
        ("password", "code"),
        [
            ("nine char", "password.too_short"),
            ("x" * 201, "password.too_long"),
            ("Buyer@Demo.test", "password.is_email"),
        ],
    )
    def test_is_refused_when_it_is_easily_guessed_or_endless(self, password: str, code: str) -> None:
        with pytest.raises(Invalid) as refused:
            rules.check_password(password, email="buyer@demo.test")

        assert refused.value.reason == code


class TestPhone:
    @pytest.mark.parametrize(
        ("text", "country", "dialed"),
        [
            ("050 123 4567", "SA", "+966501234567"),
            ("٠٥٠١٢٣٤٥٦٧", "SA", "+966501234567"),
            ("(405) 555-0123", "US", "+14055550123"),
            ("+966 50 123 4567", "US", "+966501234567"),
        ],
    )
    def test_is_kept_as_the_world_dials_it(self, text: str, country: str, dialed: str) -> None:
        assert rules.tidy_phone(text, country=country) == dialed

    @pytest.mark.parametrize("text", ["", "12", "call me", "9" * 40])
    def test_is_refused_when_nobody_could_dial_it(self, text: str) -> None:
        with pytest.raises(Invalid) as refused:
            rules.tidy_phone(text, country="SA")

        assert refused.value.reason == "phone.malformed"


class TestPlace:
    def test_is_refused_without_a_country(self) -> None:
        place = Place(recipient="N", phone="0501234567", line1="12 Olaya Street", city="Riyadh", country="Saudi")

        with pytest.raises(Invalid) as refused:
            rules.tidy_place(place)

        assert refused.value.reason == "country.malformed"


class TestShutUntil:
    def test_leaves_the_door_open_for_four_wrong_passwords(self) -> None:
        assert rules.shut_until(minutes(0, 1, 2, 3), GUESSING, allowed=5, now=NOON + timedelta(minutes=3)) is None

    def test_shuts_it_for_a_quarter_of_an_hour_after_the_fifth(self) -> None:
        until = rules.shut_until(minutes(0, 1, 2, 3, 4), GUESSING, allowed=5, now=NOON + timedelta(minutes=4))

        assert until == NOON + timedelta(minutes=19)

    def test_opens_it_again_when_that_is_over(self) -> None:
        assert rules.shut_until(minutes(0, 1, 2, 3, 4), GUESSING, allowed=5, now=NOON + timedelta(minutes=19)) is None

    def test_forgives_five_that_are_far_apart(self) -> None:
        assert rules.shut_until(minutes(0, 4, 8, 12, 16), GUESSING, allowed=5, now=NOON + timedelta(minutes=16)) is None

    def test_doubles_the_wait_for_each_further_five(self) -> None:
        twice = minutes(0, 1, 2, 3, 4, 20, 21, 22, 23, 24)
        thrice = [*twice, *minutes(60, 61, 62, 63, 64)]

        assert rules.shut_until(twice, GUESSING, allowed=5, now=twice[-1]) == NOON + timedelta(minutes=24 + 30)
        assert rules.shut_until(thrice, GUESSING, allowed=5, now=thrice[-1]) == NOON + timedelta(minutes=64 + 60)

    def test_never_shuts_it_for_longer_than_eight_hours(self) -> None:
        day = [NOON + timedelta(hours=9 * round_, minutes=minute) for round_ in range(8) for minute in range(5)]

        assert rules.shut_until(day, GUESSING, allowed=5, now=day[-1]) == day[-1] + timedelta(hours=8)

    def test_goes_by_the_numbers_that_it_is_given(self) -> None:
        strict = replace(GUESSING, within=timedelta(minutes=60), shut_at_most=timedelta(hours=1))
        spread = minutes(0, 50, 100, 150)

        assert rules.shut_until(spread[:2], strict, allowed=2, now=spread[1]) == spread[1] + timedelta(hours=1)
        assert rules.shut_until(spread, strict, allowed=2, now=spread[3]) == spread[3] + timedelta(hours=1)
        assert rules.shut_until(spread, strict, allowed=3, now=spread[3]) is None

    def test_counts_as_many_rounds_as_there_are(self) -> None:
        never = replace(GUESSING, within=timedelta(minutes=1), shut_at_most=timedelta())
        day = minutes(*range(1000))

        assert rules.shut_until(day, never, allowed=1, now=day[-1]) is None
