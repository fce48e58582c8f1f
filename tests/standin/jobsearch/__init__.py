"""JobSearch and the historical ads on the real ads of the shared folder.

Where the answers come from:

- The ads are `job_ads_sample`: 12,185 ads of 34 SSYK groups, published 2025-01 to 2026-01 (what was known
  of them, without their texts), and three of 2019 and 2020 with their texts but without places. They are
  put into the shape of the recorded ad, which itself is served as recorded. What the sample lacks is
  `null`, as in the real service; ids come from the taxonomy, and coordinates are unknown.
- JobSearch counts every one of them as open; the historical ads are the same ads by day of publication.
- `total`, `stats` and `hits` are counted over these ads. The 400 of a limit or offset out of range and the
  404 of an unknown ad have the bodies of the service's source.

Invented, because nothing was recorded: the body for a parameter that is no number; how a phrase is completed
(one answer is recorded, its question is not); `relevance`; the times taken.

Less than the real thing: `q` knows `+word`, `-word` and plain words, found as parts of headline, occupation,
employer, place and text; `code` of an occupation in `stats` is empty, except for the recorded ad; `X-Fields`
and other headers are ignored.
"""
