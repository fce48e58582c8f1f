"""What a person takes along: the document, and the same in formats that other systems read."""
