"""How well whole messages are read: which experiences are found, and as what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from scipy.optimize import linear_sum_assignment

from assistant.domain.language import Language
from assistant.domain.profile import ExperienceKind
from assistant.errors import EvaluationDataError
from assistant.retrieval.linker import Linker
from assistant.retrieval.mentions.finder import Mention

# Half a month: 18 months are 1.5 years.
_SAME_YEARS = 0.05


class GoldExperience(BaseModel):
    """An experience as its writer marked it; what the message does not say is None."""

    model_config = ConfigDict(frozen=True)

    quote: str = Field(min_length=1)
    ssyk: tuple[str, ...] = Field(min_length=1)
    years: float | None = None
    kind: ExperienceKind | None = None
    country: str | None = None


class MessageCase(BaseModel):
    """A message and all experiences in it; the quotes stand in it in the order given."""

    model_config = ConfigDict(frozen=True)

    id: str
    language: str
    text: str
    experiences: tuple[GoldExperience, ...]
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class ReadCase:
    """What was found in a case.

    Attributes:
        case: The case.
        found: What the linker found.
        pairs: Each found mention with the gold experience that it is, both at most once.
    """

    case: MessageCase
    found: tuple[Mention, ...]
    pairs: tuple[tuple[Mention, GoldExperience], ...]

    @property
    def missed(self) -> tuple[GoldExperience, ...]:
        """Gold experiences that nothing found stands for."""
        return tuple(
            gold for gold in self.case.experiences if not any(gold is matched for _, matched in self.pairs)
        )

    @property
    def false(self) -> tuple[Mention, ...]:
        """Mentions that stand for no gold experience."""
        return tuple(m for m in self.found if not any(m is matched for matched, _ in self.pairs))


def read_message_cases(file: Path) -> tuple[MessageCase, ...]:
    """Read one case a line.

    Raises:
        EvaluationDataError: The file cannot be read, or a row lacks a field.
    """
    rows = TypeAdapter(MessageCase)
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return tuple(rows.validate_json(line) for line in lines if line.strip())
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise EvaluationDataError(file=str(file), reason=str(error)) from error


def read_cases(linker: Linker, cases: Iterable[MessageCase]) -> list[ReadCase]:
    """Find the mentions of every case and match them with the gold ones."""
    return [match(case, linker.mentions(case.text)) for case in cases]


def match(case: MessageCase, found: tuple[Mention, ...]) -> ReadCase:
    """Match found and gold one to one.

    A pair must overlap. As many pairs as can be are made, and of those the ones that overlap most; so
    one long mention over three gold experiences is one hit and two misses, and two mentions of one
    gold experience are one hit and one false alarm.
    """
    spans = _gold_spans(case)
    overlaps = np.zeros((len(found), len(spans)))
    for i, mention in enumerate(found):
        for j, (start, end) in enumerate(spans):
            overlaps[i, j] = max(0, min(mention.end, end) - max(mention.start, start))
    # A further pair counts for more than any overlap.
    worth = np.where(overlaps > 0, overlaps + len(case.text) + 1, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    pairs = ((found[i], case.experiences[j]) for i, j in zip(rows, columns, strict=True) if overlaps[i, j])
    return ReadCase(case, found, tuple(pairs))


def _gold_spans(case: MessageCase) -> list[tuple[int, int]]:
    """Where the quotes stand; one that the text has twice is the one after the quote before it.

    A quote that the text has not stands nowhere, so it counts as missed.
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for gold in case.experiences:
        start = max(case.text.find(gold.quote, at), case.text.find(gold.quote))
        if start < 0:
            spans.append((0, 0))
            continue
        at = start + len(gold.quote)
        spans.append((start, at))
    return spans


def mention_figures(read: Sequence[ReadCase]) -> dict[str, object]:
    """Precision, recall, F1 and accuracy@1 of experiences, and how well their details are read.

    Returns:
        `n` messages; then shares in [0, 1]. `accuracy@1` is the share of the hits whose first group is
        accepted; `years`, `country` and `kind` the shares of the hits that agree with the gold detail
        where one is given; `quiet` the share of messages without experience in which none was found;
        `sv`, `en` and `mixed` the first figures by language.
    """
    pairs = [pair for case in read for pair in case.pairs]
    without = [case for case in read if not case.case.experiences]
    return {
        **_figures(read),
        "years": _share([_same_years(m.years, g.years) for m, g in pairs if g.years is not None]),
        "country": _share([m.country == g.country for m, g in pairs if g.country is not None]),
        "kind": _share([m.kind is (g.kind or ExperienceKind.PAID) for m, g in pairs]),
        "quiet": _share([not case.found for case in without]),
        **{
            language.value: _figures([c for c in read if c.case.language == language.value])
            for language in Language
        },
        "mixed": _figures([c for c in read if c.case.mixed]),
    }


def _figures(read: Sequence[ReadCase]) -> dict[str, float]:
    pairs = [pair for case in read for pair in case.pairs]
    found = sum(len(case.found) for case in read)
    gold = sum(len(case.case.experiences) for case in read)
    precision = len(pairs) / found if found else 0.0
    recall = len(pairs) / gold if gold else 0.0
    both = precision + recall
    return {
        "n": len(read),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / both, 4) if both else 0.0,
        "accuracy@1": _share([m.concepts[0].ssyk_code in g.ssyk for m, g in pairs]),
    }


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 0.0


def _same_years(found: float | None, gold: float | None) -> bool:
    return found is not None and gold is not None and abs(found - gold) <= _SAME_YEARS
