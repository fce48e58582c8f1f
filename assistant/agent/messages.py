"""What travels beside the text of a person's message, in `additional_kwargs`."""

# The language to answer in, "sv" or "en".
LANGUAGE = "language"
# The id of the button that was pressed.
CHOICE = "choice"
# True when the message is in neither language.
FOREIGN = "foreign"
# How hard the answer may be to read, "simple" or "normal".
LEVEL = "level"
# The id of the message whose answer is wanted once more; empty for the welcome.
AGAIN = "again"
# True when the question in that answer was not understood.
EXPLAIN = "explain"
