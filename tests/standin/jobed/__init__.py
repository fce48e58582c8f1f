"""The JobEd Connect API, from recorded answers and the shared data.

Recorded, and given as they are: two educations of a search, one of a match, the school forms, and the
answer to a text about CSS, HTML and JavaScript. Everything else is generated in the same shapes from real
rows: real educations, occupations, and terms of ads. Never recorded, and therefore after clients' code
alone: the answer of `enriched_occupations`, one education, and `metadata` of a match. Invented: every
error body.
"""
