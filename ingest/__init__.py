"""Turns public occupation, skill and education data into the index that the assistant searches."""
