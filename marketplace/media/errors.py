"""The ways media says no."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, FieldProblem, Invalid, NotFound


class AssetNotFound(NotFound):
    """No such file, or not for these eyes."""

    code = "media.not_found"

    def __init__(self) -> None:
        super().__init__("There is no such upload: send the file again.")


class NotUploaded(Conflict):
    """The file has been announced and has not come."""

    code = "media.not_uploaded"

    def __init__(self) -> None:
        super().__init__("The file has not arrived yet: send it to the address you were given.")


class TypeNotTaken(Invalid):
    """Not a type of file that is taken of this kind."""

    code = "media.type_not_taken"

    def __init__(self) -> None:
        message = "Send a JPEG, PNG or WebP picture."
        super().__init__(message, fields=(FieldProblem("content_type", self.code, message),))


class TooLarge(Invalid):
    """More bytes than are taken."""

    code = "media.too_large"

    def __init__(self) -> None:
        message = "Send a file of at most 10 MB."
        super().__init__(message, fields=(FieldProblem("bytes", self.code, message),))


CONSTRAINTS: Final[Constraints] = {
    "ck_assets_ready_is_known": Broken(Conflict, "media.asset_torn", "The upload was not saved: send the file again."),
    "ck_assets_failed_has_reason": Broken(
        Conflict, "media.asset_torn", "The upload was not saved: send the file again."
    ),
    "ck_assets_announced_something": Broken(Invalid, "media.empty", "An empty file cannot be sent."),
}
