"""What a plan takes into account, in words."""

from assistant.domain.plan import Conditions
from assistant.guidance.statement import Voice

_YES_OR_NO = ("stays_put", "at_distance", "part_time", "no_studies", "needs_income")
_LENGTHS = {6: "most_half_year", 12: "most_year", 24: "most_two_years"}


def conditions_said(conditions: Conditions, voice: Voice) -> tuple[str, ...]:
    """Each condition that holds in a few words, such as "only at a distance"."""
    holding = [name for name in _YES_OR_NO if getattr(conditions, name)]
    said = [condition_said(name, conditions, voice) for name in holding]
    if conditions.most_months is not None:
        said.append(condition_said("most_months", conditions, voice))
    return tuple(said)


def condition_said(name: str, conditions: Conditions, voice: Voice) -> str:
    """One condition, by its field's name, in a few words."""
    if name != "most_months":
        return voice.say(f"plan.condition.{name}")
    most = conditions.most_months or 0
    if most in _LENGTHS:
        return voice.say(f"plan.condition.{_LENGTHS[most]}")
    return voice.say("plan.condition.most_months", months=str(most))
