"""Conversations that can be found again: in memory, and with the person's consent in a database."""
