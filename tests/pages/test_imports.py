"""The files that were brought in, as the page lists them."""

import reflex as rx

from pages.vendor.importing import import_row
from state.vendor.importing import ImportRow
from tests.pages.drawn import parts_of, words_in


class FilesState(rx.State):
    files: list[ImportRow] = []


class TestImportRow:
    def test_leaves_a_phone_room_for_the_name_and_says_what_was_refused(self) -> None:
        row = import_row(FilesState.files[0])

        told = [part for part in parts_of(row) if "how_far" in str(getattr(part, "contents", ""))]
        hidden = [part for part in parts_of(row) if "not-phone" in str(getattr(part, "class_name", ""))]
        assert len(told) == 2
        assert [part for part in hidden for inside in parts_of(part) if inside in told]
        assert "Refused" in set(words_in(row))
