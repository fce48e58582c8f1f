"""What may be said of an error in the log."""

from assistant.errors import GuidanceError


def kind_of_error(error: GuidanceError) -> str:
    """What kind it was and what it came from; the messages themselves may hold what a person said."""
    cause = error.__cause__
    return type(error).__name__ + (f" from {type(cause).__name__}" if cause else "")
