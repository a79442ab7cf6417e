"""Reading files of products."""

from io import BytesIO

import pytest

from marketplace.catalog import Line
from marketplace.flows import import_files
from marketplace.flows.import_files import BadMap, ColumnMap, FileFormat, UnreadableFile

NAMED = "title,category,price,stock\n"


def read(content: str | bytes, name: str = "goods.csv", columns: str = "") -> list[dict[str, str]]:
    return [row.said for row in rows(content, name, columns)]


def rows(content: str | bytes, name: str = "goods.csv", columns: str = "") -> list[Line]:
    file = BytesIO(content.encode() if isinstance(content, str) else content)
    kind = FileFormat.of(name)
    known = ColumnMap.parse(columns).completed(import_files.header_of(file, kind))
    return list(import_files.rows(file, kind, known))


class TestRows:
    def test_are_read_from_csv_with_quotes_spaces_and_line_breaks(self) -> None:
        found = read(NAMED + '"Kettle, ""small""", Kitchen,  12.50,3\n"Two\nlines",Kitchen,1,2\n')

        assert found == [
            {"title": 'Kettle, "small"', "category": "Kitchen", "price": "12.50", "stock": "3"},
            {"title": "Two\nlines", "category": "Kitchen", "price": "1", "stock": "2"},
        ]

    @pytest.mark.parametrize(("name", "sign"), [("goods.tsv", "\t"), ("goods.csv", ";"), ("goods.txt", ",")])
    def test_are_read_whatever_stands_between_the_columns(self, name: str, sign: str) -> None:
        content = f"{NAMED}Kettle,Kitchen,1,2\n".replace(",", sign)

        assert read(content, name) == [{"title": "Kettle", "category": "Kitchen", "price": "1", "stock": "2"}]

    def test_are_read_from_json_lines(self) -> None:
        content = '{"title":"Kettle","category":["Kitchen","Kettles"],"price":12.5,"stock":3,"brand":null}\n\n'

        assert read(content, "goods.jsonl") == [
            {"title": "Kettle", "category": "Kitchen > Kettles", "price": "12.5", "stock": "3"}
        ]

    def test_know_their_columns_with_spaces_around_the_names(self) -> None:
        content = "Name ,category , price,stock\nKettle,Kitchen,1,2\n"

        assert read(content, columns='{"title": ["Name"]}') == [
            {"title": "Kettle", "category": "Kitchen", "price": "1", "stock": "2"}
        ]

    def test_leave_the_mark_of_spreadsheets_at_the_start_out(self) -> None:
        assert read(b"\xef\xbb\xbf" + NAMED.encode() + b"Kettle,K,1,2\n")[0]["title"] == "Kettle"

    def test_that_are_too_short_or_too_long_say_what_they_can(self) -> None:
        assert read(NAMED + "Kettle\nPan,Kitchen,1,2,more\n\n,,,\n") == [
            {"title": "Kettle"},
            {"title": "Pan", "category": "Kitchen", "price": "1", "stock": "2"},
        ]

    def test_join_columns_where_the_map_says_so(self) -> None:
        content = "name,short,long,category,price,stock\nKettle,Nice,Very nice,K,1,2\n"

        found = read(content, columns="title=name,description=short+long,brand=name+short")

        assert (found[0]["description"], found[0]["brand"]) == ("Nice\n\nVery nice", "Kettle Nice")

    def test_leave_the_file_open(self) -> None:
        file = BytesIO(f"{NAMED}Kettle,K,1,2\n".encode())
        columns = ColumnMap.parse("").completed(import_files.header_of(file, FileFormat.CSV))

        list(import_files.rows(file, FileFormat.CSV, columns))

        assert not file.closed

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"title,category,price,stock\nK\xe9ttle,K,1,2\n", "goods.csv"),
            (b"t\xe9tle,category,price,stock\n", "goods.csv"),
            (b"{nope\n", "goods.jsonl"),
            (b"[1]\n", "goods.jsonl"),
        ],
    )
    def test_of_an_unreadable_file_are_refused(self, content: bytes, name: str) -> None:
        with pytest.raises(UnreadableFile):
            read(content, name)

    def test_with_an_endless_cell_are_refused(self) -> None:
        with pytest.raises(UnreadableFile):
            read(NAMED + '"' + "x" * 1_000_001)


class TestLines:
    """The line of the file at which a row begins: where its vendor finds it."""

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize(("name", "sign"), [("goods.csv", ","), ("goods.csv", ";"), ("goods.tsv", "\t")])
    def test_count_the_header_those_left_blank_and_those_within_quotes(self, name: str, sign: str, end: str) -> None:
        content = f'{NAMED}\n"Two\nlines",Kitchen,1,2\n,,,\n"A ""b""\n\nc",K,1,2\nKettle,K,1,2'

        found = rows(content.replace("\n", end).replace(",", sign), name)

        assert [row.number for row in found] == [3, 6, 9]

    def test_count_from_the_end_of_a_header_that_takes_several(self) -> None:
        assert [row.number for row in rows('title,"my\nnotes",category,price,stock\nKettle,,K,1,2\n')] == [3]

    def test_of_json_count_those_left_blank(self) -> None:
        one = '{"title":"Kettle","category":"K","price":1,"stock":3}\n'

        assert [row.number for row in rows(f"\n{one}\n \n{one}{one}", "goods.jsonl")] == [2, 5, 6]

    def test_are_named_where_a_quote_is_not_closed(self) -> None:
        with pytest.raises(UnreadableFile, match="Line 3 cannot be read"):
            read(NAMED + 'Kettle,K,1,2\n"Pan,K,1,2\n' + "Mug,K,1,2\n" * 120_000)


class TestColumnMap:
    @pytest.mark.parametrize("written", ["title", "titel=name", "{", '{"title": 3}', '{"title": []}', "title="])
    def test_refuses_what_is_no_map(self, written: str) -> None:
        with pytest.raises(BadMap):
            ColumnMap.parse(written)

    def test_refuses_a_file_that_lacks_what_is_needed(self) -> None:
        with pytest.raises(BadMap, match="price"):
            read("title,category,stock\n")

    def test_refuses_a_column_that_is_not_there(self) -> None:
        with pytest.raises(BadMap, match="name"):
            read(NAMED, columns="title=name")

    def test_is_the_same_however_it_is_written(self) -> None:
        first = ColumnMap.parse("title=name, description=a+b")
        second = ColumnMap.parse('{"description": ["a", "b"], "title": "name"}')

        assert first.hash == second.hash
