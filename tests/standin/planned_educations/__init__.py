"""Planned Educations v4; see records.py for where the records come from."""
