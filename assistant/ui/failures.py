"""What is written down of something that went wrong."""

import traceback


def kind_and_place(error: Exception) -> str:
    """The kind of an error and where it arose; its text may hold what the person wrote."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {place.filename}, line {place.lineno}"
