"""The JobAd Enrichments API, from the shared data.

The shape of an answer is that of the recorded one (a line of JobAd Links' file of 2022-07-31). Which terms
stand in a text is looked up word by word in Arbetsförmedlingen's own dictionary; the real service does more.
Generated: every `prediction` (from the label alone, so always the same), and the split into sentences.
Invented, because nothing was recorded: every body with status 422.
"""
