"""Reads the text of files that people hand over; what the text says is for `retrieval.cv` to tell."""
