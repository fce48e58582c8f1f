"""Susa-navet in the form of EMIL 3; see records.py for where the records come from."""
