"""What the page shows of one conversation: the same in every tab, and still there when a tab comes back."""

from weakref import WeakSet

from chainlit.element import ElementDict
from chainlit.session import WebsocketSession
from chainlit.step import StepDict

from assistant.ui import to_page


class SharedPage:
    """Steps and elements in their order, the tabs that show them, and whether an answer is being made.

    Every change goes to all tabs. A tab that was away is shown everything anew: nothing that came
    meanwhile is missing, whatever has become of its connection. Tabs are let go of by themselves, as
    Chainlit lets go of those that do not come back.
    """

    def __init__(self) -> None:
        self._steps: dict[str, StepDict] = {}
        self._elements: dict[str, ElementDict] = {}
        self._tabs: WeakSet[WebsocketSession] = WeakSet()
        self._is_answering = False

    @property
    def tabs(self) -> tuple[WebsocketSession, ...]:
        """The tabs that show the conversation; some may be without a connection."""
        return tuple(self._tabs)

    def __contains__(self, step_id: str) -> bool:
        return step_id in self._steps

    async def open_in(self, tab: WebsocketSession) -> None:
        """Show everything in a tab, and from now on every change."""
        self._tabs.add(tab)
        thread = {
            "id": "",
            "steps": [dict(step) for step in self._steps.values()],
            "elements": [dict(element) for element in self._elements.values()],
            "metadata": {},
        }
        # The page offers to stop an answer only after a first interaction.
        await to_page.send(tab, "first_interaction", {"interaction": "conversation", "thread_id": ""})
        await to_page.send(tab, "resume_thread", thread)
        await to_page.send(tab, "task_start" if self._is_answering else "task_end", {})

    def close_in(self, tab: WebsocketSession) -> None:
        """Show a tab no further change."""
        self._tabs.discard(tab)

    def clear(self) -> None:
        """Take everything off; the tabs are shown it when they are next opened."""
        self._steps.clear()
        self._elements.clear()

    async def show_step(self, step: StepDict) -> None:
        """Show a step, or show it as it is now."""
        event = "update_message" if step["id"] in self._steps else "new_message"
        self._steps[step["id"]] = step
        await self.tell(event, dict(step))

    async def write(self, step: StepDict, text: str) -> None:
        """Write on in a step, which is shown with its first piece."""
        step["output"] += text
        if step["id"] in self._steps:
            await self.tell("stream_token", {"id": step["id"], "token": text})
            return
        step["streaming"] = True
        self._steps[step["id"]] = step
        await self.tell("stream_start", dict(step))

    async def show_element(self, element: ElementDict) -> None:
        """Show an element, or show it as it is now."""
        self._elements[element["id"]] = element
        await self.tell("element", dict(element))

    async def remove_element(self, element: ElementDict) -> None:
        """Take an element off."""
        if self._elements.pop(element["id"], None):
            await self.tell("remove_element", {"id": element["id"]})

    async def answering(self, is_answering: bool) -> None:
        """Say whether an answer is being made."""
        self._is_answering = is_answering
        await self.tell("task_start" if is_answering else "task_end", {})

    async def end_run(self, run: StepDict) -> None:
        """Say that a run is over."""
        await self.show_step({**run, "end": to_page.now()})

    async def tell(self, event: str, content: object) -> None:
        """Send an event to every tab; one without a connection is shown everything when it is back."""
        for tab in self.tabs:
            await to_page.send(tab, event, content)
