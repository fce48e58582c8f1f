"""Fits what a build learns from its own labels; `assistant.retrieval.trained` holds and uses it."""
