"""All numbers that matching goes by, each with its reason.

Those of `Kinship` were set by cross-validation on relations that the matcher did not see
(`python -m assistant evaluate paths`); those of `Points` and `Limits` are judgements about what is honest
and useful to a person, and are held by tests.
"""

from dataclasses import dataclass

from assistant.domain.language import Cefr


@dataclass(frozen=True, slots=True)
class Kinship:
    """How much each kind of evidence says that work in one group leads to another, 0-1.

    Independent pieces of evidence add up like probabilities, so that several weak ones may outweigh one
    strong one, and no number of them goes beyond 1.

    Attributes:
        flows: People have gone that way, and many: the best evidence there is.
        flows_back: People have gone the other way, so the two are near; the way up may still be closed.
        similar: The same words in ads, of occupations that people do move between.
        substitutes: The taxonomy's own judgement of who can do whose work, at 100 percent.
        substituted: The other direction says that the work is near, not that one can do it.
        neighbour: Our own neighbours are chosen with knowledge of the others, so they add little.
        kindred_flows: Where people go from work with the same skills: what flows would say of small groups.
        overlap: The same skills, by how rare they are and how much they are asked for.
        rank_half: At this rank a relation says half of what it says at the first: lists are about ten long.
        kindred: How many groups with the same skills are asked where their people go.
        same_minor: Groups of one minor group (SSYK level 3) are kindred beyond the skills they share.
        level_fall: From no schooling to a master's degree this share of the kinship is lost: few go so far.
        asked_unknown: A skill of the group counts at least this much, also if no ad is known to ask for it.
        essential: What ESCO calls essential counts so much more.
        optional: And what it calls optional, so much.
    """

    flows: float = 0.7
    flows_back: float = 0.2
    similar: float = 0.5
    substitutes: float = 0.5
    substituted: float = 0.2
    neighbour: float = 0.4
    kindred_flows: float = 0.6
    overlap: float = 0.25
    rank_half: float = 8.0
    kindred: int = 12
    same_minor: float = 0.15
    level_fall: float = 0.4
    asked_unknown: float = 0.5
    essential: float = 0.3
    optional: float = 0.15


@dataclass(frozen=True, slots=True)
class Points:
    """The most that each part adds to a score; together they make 1.

    Attributes:
        work: Having done the work, or work that leads there, says most.
        skills: Confirmed skills say less, since they are counted on few labels.
        field: An education for the work, at the level that is asked for.
        wish: What the person has named comes before what only lies near, not before work they can do today.
        near_work: Work that leads there, at most this share of having done it.
        near_field: An education for work that leads there, likewise.
        near_wish: A neighbour of a wish is worth showing.
        later_wish: A second wish or subject counts this much of the first, a third this much of that.
        feature: What work is like is a wish too, but a weaker one than a named occupation.
        study: Who wants to study gets paths with education a little earlier.
        unwanted: What somebody wants to leave loses this share of its score: still shown, below the rest.
        unwanted_field: And work in the same field (SSYK level 2) this share: it is much the same.
        start: With an unsaid or short time in the work, this share of it counts.
        long_experience_years: From here more years add nothing.
        unsaid_years: An unsaid length counts as so many: enough to matter, too little to lead.
    """

    work: float = 0.38
    skills: float = 0.18
    field: float = 0.1
    wish: float = 0.34
    near_work: float = 0.85
    near_field: float = 0.6
    near_wish: float = 0.35
    later_wish: float = 0.85
    feature: float = 0.45
    study: float = 0.25
    unwanted: float = 0.65
    unwanted_field: float = 0.45
    start: float = 0.5
    long_experience_years: float = 5.0
    unsaid_years: float = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Where one kind of path ends and another begins, and what makes a list varied.

    Attributes:
        ready_share: Holding half of what a group asks for is enough to try.
        step_share: A fifth shows a connection beyond chance.
        related: From this kinship on, work done counts as related: it may stand in for schooling on the
            upper-secondary level, and is named as what leads there.
        swedish: Work that asks for schooling on the upper-secondary level is read, written and talked about.
        swedish_higher: And the more so from vocational higher education on. Where a rule sets a level, the
            route names it; this only says that more may be needed.
        most_gaps: What one can take in as "one step".
        wishes: So many of the person's wishes are always among the paths, however far away.
        fewest: With fewer paths there is hardly a choice.
        beginnings: And who has told of no work yet gets some more to think of.
        elected: Nobody applies to become a politician, so it is no place to begin.
        of_minor_group: Not ten variants of one title.
        of_kind: At most this share of one kind, so that there is something to apply for and something to
            aim at.
        least_share: What has less than this share of the best score has little to do with the person.
        outside_score: A path outside the person's field must have this share of the best score to be
            shown in place of a nearer one.
    """

    ready_share: float = 0.5
    step_share: float = 0.2
    related: float = 0.3
    swedish: Cefr = Cefr.B1
    swedish_higher: Cefr = Cefr.B2
    most_gaps: int = 3
    wishes: int = 2
    fewest: int = 3
    beginnings: int = 6
    elected: frozenset[str] = frozenset({"1111"})
    of_minor_group: int = 2
    of_kind: float = 0.8
    least_share: float = 0.04
    outside_score: float = 0.25


@dataclass(frozen=True, slots=True)
class Parameters:
    """All of them."""

    kinship: Kinship = Kinship()
    points: Points = Points()
    limits: Limits = Limits()
