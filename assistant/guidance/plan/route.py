"""Makes a long route short enough for a plan, without leaving a step out."""

from collections.abc import Sequence

from assistant.domain.plan import StepKind
from assistant.domain.route import RouteStep

RouteSteps = tuple[RouteStep, ...]


def condensed(route: Sequence[RouteStep], most: int) -> list[RouteSteps]:
    """The steps of a route in their order, some of them taken together where there are too many.

    Steps of one kind that follow on each other go together first, then the last ones. What is about
    Swedish and the application for work stay by themselves: they are done at other times than the rest.
    """
    steps: list[RouteSteps] = [(step,) for step in route]
    while len(steps) > most:
        joints = [at for at in range(1, len(steps)) if _may_join(steps[at - 1], steps[at])]
        if not joints:
            break
        alike = [at for at in joints if steps[at - 1][-1].kind is steps[at][0].kind]
        at = (alike or joints)[-1]
        steps[at - 1 : at + 1] = [steps[at - 1] + steps[at]]
    return steps


def months_of_steps(steps: RouteSteps) -> tuple[float, float] | None:
    """The least and the most that steps take one after the other; None when one of them is not known."""
    known = [step.months for step in steps if step.months is not None]
    if len(known) < len(steps):
        return None
    return sum(least for least, _ in known), sum(most for _, most in known)


def _may_join(first: RouteSteps, second: RouteSteps) -> bool:
    alone = {StepKind.SWEDISH, StepKind.APPLY}
    return alone.isdisjoint(step.kind for step in (*first, *second))
