"""Sending a file of rows from the browser."""

import json
import subprocess

from marketplace.kernel.words import speaking
from marketplace.stack.frontend import node_folder
from pages.components.column_map import sender

BROWSER = """
const arrayBuffer = async () => { if (CHANGED_FILE) throw new Error(); };
const file = { name: 'goods.csv', slice: () => ({ arrayBuffer }) };
globalThis.document = {
  documentElement: { lang: 'en' }, getElementById: () => ({ files: [file] }), querySelectorAll: () => [],
};
globalThis.fetch = async () => { throw new TypeError('Failed to fetch'); };
(SENDER).then((told) => console.log(JSON.stringify(told)));
"""


def trouble(*, is_changed: bool) -> str:
    """Send a file over a line that is down; it may have been mended since it was chosen."""
    with speaking("en"):
        script = BROWSER.replace("SENDER", sender("rows", rehearses=True))
    ran = subprocess.run(  # noqa: S603  our own words
        [node_folder() / "node", "-e", script.replace("CHANGED_FILE", json.dumps(is_changed))],
        check=True,
        capture_output=True,
        text=True,
    )
    said: dict[str, str] = json.loads(ran.stdout)
    return said["trouble"]


class TestSending:
    def test_asks_for_a_file_again_that_is_another_by_now(self) -> None:
        assert trouble(is_changed=True) == "The file has changed since it was chosen: choose it again."

    def test_says_in_our_words_that_the_line_is_down(self) -> None:
        assert trouble(is_changed=False) == "The file did not arrive. Look whether you are online, and send it again."
