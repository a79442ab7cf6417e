"""Gathers every sentence that people read into the Arabic catalogs: `uv run poe words`.

It reads the syntax tree, so a sentence is found wherever it is said: `_`, `_n` and `mark` in pages and handlers, and
the refusals of the house. Each part of the product has its own file, sorted, so that people rarely meet in one; what
somebody has translated in a file of another name stays there.
It fails while an Arabic sentence is missing, or has other {facts} than its English one.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import normalize, read_po

ROOT: Final = Path(__file__).parents[1]
SOURCES: Final = ("marketplace", "pages", "state", "tasks")
ARABIC: Final = ROOT / "marketplace" / "locale" / "ar" / "LC_MESSAGES"

PARTS: Final = (
    (re.compile(r"^marketplace/"), "house"),
    (re.compile(r"^(pages|state)/(shop|account)/"), "shop"),
    (re.compile(r"^(pages|state)/vendor/"), "vendor"),
    (re.compile(r"^(pages|state)/delivery/"), "road"),
    (re.compile(r"^(pages|state)/admin/"), "admin"),
    (re.compile(r"^pages/styleguide/"), "styleguide"),
    (re.compile(r""), "frame"),
)
ORDER: Final = ("house", "frame", "shop", "vendor", "road", "admin", "styleguide")

SAYING: Final[dict[str, tuple[int, ...]]] = {
    "_": (0,),
    "mark": (0,),
    "_n": (0, 1),
    "count": (0, 1),
    "permit": (1,),
    "Broken": (2,),
    "FieldProblem": (2,),
    "Notice": (1,),
}
"""What says something to people, and which of its arguments do."""

REFUSALS: Final = frozenset(
    {"Refusal", "NotFound", "Forbidden", "Invalid", "Conflict", "SignedOut", "TooMany", "OutcomeUnknown"}
)
"""The kinds of the kernel: they and what is made of them say their first argument."""

PLURAL: Final = frozenset({"_n", "count"})

HEAD: Final = """msgid ""
msgstr ""
"Language: ar\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"
"""
FORMS: Final = 6
FACT: Final = re.compile(r"\{(\w+)\}")


@dataclass
class Said:
    """A sentence: its forms in English and Arabic, and the part of the product that says it first."""

    english: tuple[str, ...]
    part: str
    arabic: tuple[str, ...] = field(default=())

    @property
    def is_missing(self) -> bool:
        """Whether somebody still has to say it in Arabic."""
        return not self.arabic or not all(self.arabic)

    @property
    def loses_facts(self) -> bool:
        """Whether the Arabic names a fact that the English does not have: it would break where it is filled in."""
        known = {fact for form in self.english for fact in FACT.findall(form)}
        return any(set(FACT.findall(form)) - known for form in self.arabic)


def gather() -> int:
    """Bring the catalogs up to date; returns how many sentences need somebody."""
    spoken = _translations(ARABIC.glob("*.po"))
    elsewhere = _translations(path for path in ARABIC.glob("*.po") if path.stem not in ORDER)
    sentences = _sentences()
    for said in sentences.values():
        said.arabic = spoken.get(said.english[0], ())
    for part in ORDER:
        _write(part, [said for said in sentences.values() if said.part == part and said.english[0] not in elsewhere])
    wanting = [said for said in sentences.values() if said.is_missing or said.loses_facts]
    for said in sorted(wanting, key=lambda each: (each.part, each.english)):
        print(f"{said.part}.po: {' | '.join(said.english)}")  # noqa: T201 (the answer of the task)
    print(f"{len(sentences)} sentences, {len(wanting)} of them need Arabic.")  # noqa: T201 (likewise)
    return len(wanting)


def _sentences() -> dict[str, Said]:
    found: dict[str, Said] = {}
    files = [path for source in SOURCES for path in sorted((ROOT / source).rglob("*.py"))]
    trees = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text()) for path in files}
    refusals = refusals_in(trees.values())
    for path, tree in trees.items():
        part = part_of(path)
        for english in said_in(tree, refusals):
            known = found.setdefault(english[0], Said(english, part))
            known.english = max(known.english, english, key=len)
            known.part = min(known.part, part, key=ORDER.index)
    return found


def part_of(path: str) -> str:
    """Name the part of the product that a file belongs to."""
    return next(name for pattern, name in PARTS if pattern.search(path))


def refusals_in(trees: Iterable[ast.AST]) -> frozenset[str]:
    """Name every class that is a refusal, through however many others."""
    bases = {
        node.name: {_name(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    known = set(REFUSALS)
    while more := {name for name, above in bases.items() if above & known} - known:
        known |= more
    return frozenset(known)


def said_in(tree: ast.AST, refusals: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Find what a source file says to people: a sentence, or its forms for one and for many."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name in refusals:
            yield from _said_by_class(node)
        if isinstance(node, ast.Call):
            yield from _said_by_call(node, refusals)


def _said_by_call(call: ast.Call, refusals: frozenset[str]) -> Iterator[tuple[str, ...]]:
    name = _name(call.func)
    places = (0,) if name in refusals else SAYING.get(name, ())
    texts = tuple(text for text in (_text(call, place) for place in places) if text)
    if texts and (name not in PLURAL or len(texts) == len(places)):
        yield texts


def _said_by_class(refusal: ast.ClassDef) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(refusal):
        if isinstance(node, ast.Call) and _name(node.func) == "__init__" and (text := _text(node, 0)):
            yield (text,)


def _name(expression: ast.expr) -> str:
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


def _text(call: ast.Call, place: int) -> str | None:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "message"), None)
    value = call.args[place] if len(call.args) > place else named
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def _translations(files: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    spoken: dict[str, tuple[str, ...]] = {}
    for path in sorted(files):
        with path.open("rb") as source:
            catalog: Catalog = read_po(source, locale="ar")
        for message in catalog:
            english = message.id if isinstance(message.id, str) else message.id[0]
            arabic = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if english and all(arabic):
                spoken[english] = arabic
    return spoken


def _write(part: str, sentences: list[Said]) -> None:
    entries = [_entry(said) for said in sorted(sentences, key=lambda each: each.english)]
    path = ARABIC / f"{part}.po"
    if entries:
        path.write_text("\n".join([HEAD, *entries]))
    else:
        path.unlink(missing_ok=True)


def _entry(said: Said) -> str:
    if len(said.english) == 1:
        return f"msgid {normalize(said.english[0])}\nmsgstr {normalize((said.arabic or ('',))[0])}\n"
    one, many = said.english
    forms = (said.arabic + ("",) * FORMS)[:FORMS] if len(said.arabic) == FORMS else ("",) * FORMS
    strings = "".join(f"msgstr[{index}] {normalize(form)}\n" for index, form in enumerate(forms))
    return f"msgid {normalize(one)}\nmsgid_plural {normalize(many)}\n{strings}"


if __name__ == "__main__":
    sys.exit(1 if gather() else 0)
