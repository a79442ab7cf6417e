"""Reading a file of rows in the browser: its columns, which of our fields each one is, and sending it."""

import json
from typing import Any, Final

import reflex as rx

from pages.components.file_drop import file_drop
from pages.components.kinds import Text
from state.words import _

HEAD: Final = """(async () => {
  const file = document.getElementById('NAME')?.files?.[0];
  if (!file) return { name: '', columns: [], trouble: '' };
  const line = (await file.slice(0, 65536).text()).replace(/^\\uFEFF/, '').split(/\\r?\\n/)[0];
  if (/\\.(jsonl|ndjson)$/i.test(file.name)) {
    try { return { name: file.name, columns: Object.keys(JSON.parse(line)), trouble: '' }; }
    catch { return { name: file.name, columns: [], trouble: '' }; }
  }
  const by = /\\.(tsv|tab)$/i.test(file.name) ? '\\t' : line.split(';').length > line.split(',').length ? ';' : ',';
  const columns = []; let cell = '', quoted = false;
  for (const sign of line) {
    if (sign === '"') quoted = !quoted;
    else if (sign === by && !quoted) { columns.push(cell.trim()); cell = ''; }
    else cell += sign;
  }
  columns.push(cell.trim());
  return { name: file.name, columns: columns.filter(Boolean).slice(0, 200), trouble: '' };
})()"""

SEND: Final = """(async () => {
  const file = document.getElementById('NAME')?.files?.[0];
  const nothing = { created: 0, merged: 0, unchanged: 0, refused: 0, results: [], trouble: '' };
  try { await file.slice(0, 1).arrayBuffer(); }
  catch { return { ...nothing, trouble: CHANGED }; }
  const map = {};
  for (const one of document.querySelectorAll('select[data-field]')) {
    if (one.value) map[one.dataset.field] = [one.value];
  }
  const ending = file.name.split('.').pop().toLowerCase();
  const kinds = { tsv: 'text/tab-separated-values', jsonl: 'application/jsonl', ndjson: 'application/jsonl' };
  const query = new URLSearchParams({ name: file.name.slice(-200), map: JSON.stringify(map), dry_run: 'REHEARSES' });
  try {
    const answer = await fetch('/api/v1/vendor/imports?' + query, {
      method: 'POST', credentials: 'same-origin', body: file,
      headers: { 'Content-Type': kinds[ending] ?? 'text/csv', 'Accept-Language': document.documentElement.lang },
    });
    const said = await answer.json();
    if (!answer.ok) return { ...nothing, trouble: said.detail || String(answer.status) };
    const results = (said.results ?? []).slice(0, 50).map((one) => (
      { line: one.row ?? 0, field: one.field ?? '', sentence: one.sentence ?? '' }));
    return { created: said.created ?? 0, merged: said.merged ?? 0, unchanged: said.unchanged ?? 0,
             refused: said.refused ?? 0, results, trouble: '' };
  } catch { return { ...nothing, trouble: LOST }; }
})()"""
"""Sends the file with its map. One that is not there any more as it was chosen cannot be read."""

AFRESH: Final = "document.getElementById('NAME').value = ''"
"""Forgets the file: a browser says nothing of a file that is chosen again, though it was mended meanwhile."""


def rows_drop(name: str, words: Text, text: Text, *, on_read: Any) -> rx.Component:
    """Take a file of rows; the handler is told its columns, and the file stays in the browser until it is sent."""
    accept = ".csv,.tsv,.jsonl,.ndjson,text/csv"
    return file_drop(
        name,
        words,
        text,
        accept=accept,
        on_change=rx.call_script(HEAD.replace("NAME", name), callback=on_read),
        on_click=rx.call_script(AFRESH.replace("NAME", name)),
    )


def sends_rows(name: str, *, rehearses: bool, on_answer: Any) -> Any:
    """Send the file as the columns were matched; the handler is told what the house said."""
    return rx.call_script(sender(name, rehearses=rehearses), callback=on_answer)


def sender(name: str, *, rehearses: bool) -> str:
    """Write what sends the file, in the language of the page."""
    changed = json.dumps(_("The file has changed since it was chosen: choose it again."))
    lost = json.dumps(_("The file did not arrive. Look whether you are online, and send it again."))
    script = SEND.replace("NAME", name).replace("REHEARSES", "true" if rehearses else "false")
    return script.replace("CHANGED", changed).replace("LOST", lost)
