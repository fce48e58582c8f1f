"""What the panel of own data does: strike, change, read in."""

# Chainlit's decorators and some of its methods have no types.
# mypy: disable-error-code="no-untyped-call"

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import chainlit as cl

from assistant.agent.own_data.importing import read_portable
from assistant.errors import ChangeRefused, ImportRefused, ItemMissing
from assistant.ui import to_page
from assistant.ui.conversation import Conversation, open_side_panel
from assistant.ui.my_data import data_props
from assistant.ui.tabs import Tabs, this_tab

if TYPE_CHECKING:
    from assistant.build import Application

Callback = Callable[[cl.Action], Awaitable[object]]


class OwnDataPanel:
    """The actions of `MyData.jsx`; each that changes something shows the panel anew.

    Args:
        application: What makes and keeps conversations.
        tabs: Which conversation each tab shows.
    """

    def __init__(self, application: "Application", tabs: Tabs) -> None:
        self._application = application
        self._tabs = tabs

    def callbacks(self) -> dict[str, Callback]:
        """The actions by their names."""
        return {
            "show_data": self.show,
            "strike_item": self.strike,
            "strike_message": self.strike_message,
            "edit_item": self.edit,
            "import_data": self.read_in,
        }

    async def show(self, action: cl.Action) -> None:
        """Show everything that is held about the person in the side panel."""
        if conversation := await self._tabs.current(this_tab()):
            await _show(conversation)

    async def strike(self, action: cl.Action) -> bool:
        """Strike an item."""
        item_id = str(action.payload.get("id"))
        return await self._change(action, lambda c: c.session.strike(item_id), "data.struck")

    async def strike_message(self, action: cl.Action) -> bool:
        """Cut what a message said out of everything."""
        message_id = str(action.payload.get("id"))
        return await self._change(action, lambda c: c.session.strike_message(message_id), "data.struck")

    async def edit(self, action: cl.Action) -> bool:
        """Change an item."""
        item_id, changes = str(action.payload.get("id")), action.payload.get("changes")
        return await self._change(action, lambda c: c.session.edit(item_id, changes), "data.changed")

    async def read_in(self, action: cl.Action) -> bool:
        """Begin the conversation anew with what a file of own data says."""
        text = str(action.payload.get("text"))

        def begin_anew(conversation: Conversation) -> None:
            session = self._application.imported_session(read_portable(text))
            conversation.session.go_on_from(session.state)

        return await self._change(action, begin_anew, "data.imported")

    async def _change(self, action: cl.Action, change: Callable[[Conversation], None], said: str) -> bool:
        """Change a conversation between two turns, and show what is held then, and what was done.

        Returns:
            Whether the panel says what became of it.
        """
        if not (conversation := await self._tabs.current(this_tab())):
            return False
        if conversation.kept.turn.locked():
            await cl.context.emitter.send_toast(conversation.labels("failed.busy"))
            return False
        try:
            async with conversation.kept.turn:
                change(conversation)
        except ChangeRefused:
            said = "data.not_changed"
        except ItemMissing:
            said = "data.gone"
        except ImportRefused:
            said = "data.import_failed"
        await self._application.conversations.keep(conversation.kept)
        await conversation.catch_up()
        await conversation.refresh_bar()
        at = action.payload.get("at")
        await _show(conversation, conversation.labels(said), at if isinstance(at, int) else 0)
        return True


async def _show(conversation: Conversation, said: str = "", at: int = -1) -> None:
    """Show the panel; `at` is the row to put the focus on, -1 for its beginning."""
    labels = conversation.labels
    props = data_props(conversation.session.held(), labels) | {"said": said, "at": at}
    await open_side_panel(labels("data.title"), to_page.element("MyData", props))
