"""Whole dialogues: what the person says, and what must hold after each turn."""
