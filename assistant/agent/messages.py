"""What travels beside the text of a person's message, in `additional_kwargs`."""

# The language to answer in, "sv" or "en".
LANGUAGE = "language"
# The id of the button that was pressed.
CHOICE = "choice"
# True when the message is in neither language.
FOREIGN = "foreign"
# The kind of file that the text was read in ("pdf"); absent from what was written.
UPLOAD = "upload"
