"""Why the marketplace cannot start: always one sentence that says what to do."""


class CannotStart(Exception):  # noqa: N818  it is a sentence for the operator, not a traceback
    """Starting makes no sense as things are; the message says why and what to do."""
