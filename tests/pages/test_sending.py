"""Sending a picture from the browser."""

import json
import subprocess

from marketplace.kernel.words import speaking
from marketplace.media import Flaw
from marketplace.stack.frontend import node_folder
from pages.components.sending import FLAWS, sender

BROWSER = """
const answers = ANSWERS;
globalThis.document = { documentElement: { lang: 'en' } };
globalThis.fetch = async () => {
  const [status, said] = answers.shift() ?? [];
  if (!status) throw new TypeError('Failed to fetch');
  return { ok: status < 400, json: async () => said };
};
(SENDER)({ name: 'door.jpg', type: 'image/jpeg', size: 9 }, 'delivery_photo').then((told) =>
  console.log(JSON.stringify(told)));
"""

ANNOUNCED = [201, {"id": "one", "upload": {"method": "PUT", "url": "/there", "headers": {}}}]
SENT = [200, {}]


def told(*answers: object) -> dict[str, str | None]:
    """Send a picture in a browser to which the house answers so; gives what the page is told."""
    with speaking("en"):
        script = BROWSER.replace("ANSWERS", json.dumps(answers)).replace("SENDER", sender())
    ran = subprocess.run(  # noqa: S603  our own words
        [node_folder() / "node", "-e", script], check=True, capture_output=True, text=True
    )
    said: dict[str, str | None] = json.loads(ran.stdout)
    return said


class TestSender:
    def test_gives_the_picture_that_was_taken(self) -> None:
        taken = told(ANNOUNCED, SENT, [200, {"state": "ready", "reject_reason": None}])

        assert taken == {"id": "one", "name": "door.jpg", "trouble": ""}

    def test_says_why_a_file_that_came_is_not_taken(self) -> None:
        refused = told(ANNOUNCED, SENT, [200, {"state": "failed", "reject_reason": "not_a_picture"}])

        assert (refused["id"], refused["trouble"]) == (None, FLAWS["not_a_picture"])

    def test_says_what_the_house_says_and_nothing_that_the_browser_does(self) -> None:
        assert told([422, {"detail": "Send a file of at most 10 MB."}])["trouble"] == "Send a file of at most 10 MB."
        assert told(ANNOUNCED)["trouble"] == ""

    def test_has_a_sentence_for_every_flaw(self) -> None:
        assert set(FLAWS) == {flaw.value for flaw in Flaw}
