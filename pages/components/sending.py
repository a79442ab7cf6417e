"""Sending a picture from the browser past our server: announced, sent to the keeper of files, looked at."""

import json
from typing import Final

from state.words import _, mark

FLAWS: Final = {
    "not_a_picture": mark("It is not a picture that can be read: send a JPEG, PNG or WebP."),
    "other_type": mark("It is not the type of picture that its name says: send a JPEG, PNG or WebP."),
    "too_large": mark("It is too large: send a file of at most 10 MB."),
}
"""Why a picture that has come is not taken, as the one who sent it reads it."""

SEND: Final = """async (file, kind) => {
    const flaws = FLAWS;
    const post = async (path, body) => {
      const answer = await fetch('/api/v1/media' + path, {
        method: 'POST', credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
        body: JSON.stringify(body ?? {}),
      });
      const said = await answer.json();
      if (!answer.ok) throw { said: said.detail };
      return said;
    };
    try {
      const announced = await post('', { kind, content_type: file.type, bytes: file.size });
      const { method, url, headers } = announced.upload;
      const sent = await fetch(url, { method, headers, body: file });
      if (!sent.ok) throw {};
      const seen = await post('/' + announced.id + '/finalize');
      if (seen.state !== 'ready') throw { said: flaws[seen.reject_reason] };
      return { id: announced.id, name: file.name, trouble: '' };
    } catch (error) {
      return { id: null, name: file.name, trouble: error?.said ?? '' };
    }
  }"""
"""Sends one file; gives its id, or why there is none: nothing where the line was down."""


def sender() -> str:
    """Write the function that sends a file, in the language of the page."""
    said = {flaw: _(sentence) for flaw, sentence in FLAWS.items()}
    return SEND.replace("FLAWS", json.dumps(said).replace("<", "\\u003c"))
