"""The document of the contract as a page to read: no script, and nothing fetched from anywhere else."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

Part = Mapping[str, Any]

HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
STYLE: Final = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
section { border-top: 1px solid; margin-top: 2rem }
code, h3 { font-family: ui-monospace, monospace }
table { border-collapse: collapse } th, td { text-align: start; padding: .2rem 1rem .2rem 0; vertical-align: top }
"""
INTRODUCTION: Final = """
<p>JSON in, JSON out. Sign in with <code>POST /auth/login</code> and send
<code>Authorization: Bearer &lt;access_token&gt;</code>. Lists give <code>next_cursor</code>: send it as
<code>cursor</code> for the next page. What creates or moves something takes an <code>Idempotency-Key</code>: ask again
with the same key and it is done once. A refusal is a <a href="#Problem">problem document</a> with a stable
<code>code</code>. For programs: <a href="openapi.json">openapi.json</a>.</p>
"""


async def read(request: Request) -> Response:
    """Show the document."""
    return HTMLResponse("".join(_page(request.app.openapi())), headers=HEADERS)


def _page(document: Part) -> Iterator[str]:
    title = escape(f"{document['info']['title']} {document['info']['version']}")
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    yield f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body><h1>{title}</h1>'
    yield INTRODUCTION
    by_tag: dict[str, list[tuple[str, Part]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            by_tag.setdefault(operation["tags"][0], []).append((f"{method.upper()} {path}", operation))
    for tag, operations in by_tag.items():
        yield f"<section><h2>{escape(tag.capitalize())}</h2>"
        for name, operation in operations:
            yield from _operation(name, operation)
        yield "</section>"
    yield "<section><h2>Shapes</h2>"
    for name, shape in sorted(document["components"]["schemas"].items()):
        yield from _shape(name, shape)
    yield "</section></body></html>"


def _operation(name: str, operation: Part) -> Iterator[str]:
    yield f'<h3 id="{escape(operation["operationId"])}">{escape(name)}</h3>'
    yield f"<p>{escape(operation['description'])} <i>Who: {escape(operation['x-access'])}.</i></p><table>"
    for parameter in operation.get("parameters", ()):
        yield _row(parameter["name"], parameter["schema"], parameter.get("description", ""))
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield _row(kind, content.get("schema", {}), "the body")
    for status, answer in operation["responses"].items():
        for kind, content in answer.get("content", {}).items():
            if status < "400":
                yield _row(status, content.get("schema", {}), kind)
    refused = ", ".join(status for status in operation["responses"] if status >= "400")
    yield f"</table><p>Refusals: {refused}.</p>"


def _shape(name: str, shape: Part) -> Iterator[str]:
    yield f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{escape(shape.get("description", ""))}</p>'
    if "properties" not in shape:
        yield f"<p>{_kind(shape)}</p>"
        return
    needed = shape.get("required", ())
    yield "<table>"
    for field, kind in shape["properties"].items():
        yield _row(field, kind, kind.get("description", "") or ("" if field in needed else "may be left out"))
    yield "</table>"


def _row(name: str, kind: Part, note: str) -> str:
    return f"<tr><th><code>{escape(name)}</code></th><td>{_kind(kind)}</td><td>{escape(note)}</td></tr>"


def _kind(schema: Part) -> str:
    """Say what a value is, and lead to its shape where it has one."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "enum" in schema:
        return " | ".join(escape(str(word)) for word in schema["enum"])
    choices = (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ()))
    if choices:
        return " | ".join(dict.fromkeys(_kind(choice) for choice in choices))
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    return escape(str(schema.get("format") or schema.get("const") or schema.get("type") or "anything"))
