"""What an occupation group pays, as Statistics Sweden publishes it."""

from assistant.apis.scb import SERVICE, Pay
from assistant.domain.concept import OccupationGroup
from assistant.domain.market import PayRange
from assistant.domain.source import Source
from assistant.guidance.statement import Voice, grouped


def pay_source(group: OccupationGroup, pay: Pay, voice: Voice) -> Source:
    """The figures of one group and year; what SCB has not published is not named."""
    return Source(
        source_id=f"pay:{group.ssyk_code}:{voice.language}",
        system=SERVICE,
        title=pay.table_title,
        url=pay.address,
        version=str(pay.year),
        retrieved_at=voice.now,
        quote=_figures(group, pay, voice),
    )


def pay_range(pay: Pay) -> PayRange:
    """The figures alone, for a picture."""
    return PayRange(pay.year, p10=pay.p10, median=pay.median, mean=pay.mean, p90=pay.p90)


def _figures(group: OccupationGroup, pay: Pay, voice: Voice) -> str:
    said = [voice.say("pay.about", work=group.name(voice.language), code=group.ssyk_code, year=str(pay.year))]
    if pay.median is not None:
        said.append(voice.say("pay.median", amount=grouped(pay.median)))
    if pay.p10 is not None:
        said.append(voice.say("pay.p10", amount=grouped(pay.p10)))
    if pay.p90 is not None:
        said.append(voice.say("pay.p90", amount=grouped(pay.p90)))
    if pay.mean is not None:
        said.append(voice.say("pay.mean", amount=grouped(pay.mean)))
    return " ".join(said)
