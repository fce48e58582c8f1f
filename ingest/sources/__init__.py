"""Readers: each turns one source into records."""
