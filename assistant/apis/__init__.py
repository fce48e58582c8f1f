"""Clients of the public APIs; `transport` holds what they share."""
