"""Places of Sweden in a text."""
