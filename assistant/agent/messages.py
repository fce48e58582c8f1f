"""What travels beside the text of a person's message, in `additional_kwargs`."""

# The language to answer in, "sv" or "en".
LANGUAGE = "language"
# The id of the button that was pressed.
CHOICE = "choice"
# True when the message is in neither language.
FOREIGN = "foreign"
# The kind of file that the text was read in ("pdf"); absent from what was written.
UPLOAD = "upload"
# How a message or a note came to be, where it is no turn that made it (`HowTold`): edited, or as an
# imported file says.
HOW = "how"
# True when the person has struck what the message said.
STRUCK = "struck"
# Where the items of an imported note came from, as its file says: item id to how, words and number.
ORIGINS = "origins"
# How hard the answer may be to read, "simple" or "normal".
LEVEL = "level"
# The id of the message whose answer is wanted once more; empty for the welcome.
AGAIN = "again"
# True when the question in that answer was not understood.
EXPLAIN = "explain"
