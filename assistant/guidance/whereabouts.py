"""The place that a person means, in their own words."""

from dataclasses import dataclass

from assistant.domain.place import Place
from assistant.retrieval.places.names import PlaceFinder


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What was made of the words for a place.

    Attributes:
        words: As the person said it; empty when no place was named.
        place: The place that is meant; None for the whole country.
        others: Other places that the words name too.
    """

    words: str = ""
    place: Place | None = None
    others: tuple[Place, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether a place was named that nobody knows."""
        return bool(self.words) and self.place is None

    @property
    def region_code(self) -> str:
        """SCB's code of the county, or "00" for the whole country."""
        return self.place.region_code if self.place else "00"


def whereabouts(finder: PlaceFinder, words: str) -> Whereabouts:
    """Find the place; the first that is named counts.

    Args:
        finder: The places of Sweden.
        words: "in Malmö", "malmo", "Skåne": with or without what stands before a place in a sentence.
    """
    said = words.strip()
    # Names that are ordinary words too ("Vara", "Ale") are places only after "i" and with a capital.
    for text in (said, f"i {said[:1].upper()}{said[1:]}"):
        places = tuple(dict.fromkeys(found.place for found in finder.find(text))) if said else ()
        if places:
            return Whereabouts(said, places[0], places[1:])
    return Whereabouts(said)
