"""The ways notifications say no."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, NotFound


class NotificationNotFound(NotFound):
    """No such notice of this person's."""

    code = "notifications.not_found"

    def __init__(self) -> None:
        super().__init__("There is no such notice.")


CONSTRAINTS: Final[Constraints] = {
    "uq_notifications_told_once": Broken(Conflict, "notifications.told_already", "This was told already."),
    "ck_notifications_answers_a_question": Broken(
        Conflict, "notifications.nothing_was_asked", "This notice asks nothing: there is nothing to answer."
    ),
    "uq_notification_sends_notification_id": Broken(
        Conflict, "notifications.sent_already", "This letter is on its way already."
    ),
    "ck_notification_sends_sent_has_instant": Broken(
        Conflict, "notifications.send_torn", "The letter was not noted: try again."
    ),
}
