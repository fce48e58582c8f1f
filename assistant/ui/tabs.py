"""Which conversation each tab of a browser shows."""

import asyncio
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary

import chainlit as cl
from chainlit.session import WebsocketSession

from assistant.domain.language import Language
from assistant.errors import StoreUnavailable
from assistant.prompts import Texts
from assistant.ui import saving, to_page
from assistant.ui.cards import Labels, preferred_language
from assistant.ui.conversation import Conversation
from assistant.ui.hard_words import Words

if TYPE_CHECKING:
    from assistant.keeping.conversations import Conversations, Kept

logger = logging.getLogger(__name__)

# A page that has not said by then which conversation it has has lost its script; it gets a new one.
_ANSWER_S = 8.0


class Tabs:
    """The tabs of all browsers.

    The secret of a tab's conversation is with the tab alone. A tab that Chainlit has let go of, because
    it did not come back, is let go of here too.

    Args:
        conversations: All conversations.
        texts: The texts of the page.
        words: What hard words mean.
    """

    def __init__(self, conversations: "Conversations", texts: Texts, words: Words) -> None:
        self._conversations = conversations
        self._texts = texts
        self._words = words
        self._open: WeakKeyDictionary[WebsocketSession, Conversation] = WeakKeyDictionary()
        self._asked: WeakSet[WebsocketSession] = WeakSet()
        self._by_secret: WeakValueDictionary[str, Conversation] = WeakValueDictionary()

    def shown_in(self, tab: WebsocketSession) -> Conversation | None:
        """The conversation that a tab shows, as it was last seen."""
        return self._open.get(tab)

    async def current(self, tab: WebsocketSession) -> Conversation | None:
        """The conversation that a tab shows, brought up to date; tells the tab when it is gone."""
        if not (conversation := self._open.get(tab)):
            return None
        if await self._conversations.find(conversation.kept.secret) is None:
            await self._tell_lost(tab, "connection.gone")
            return None
        await conversation.catch_up()
        return conversation

    async def connect(self, tab: WebsocketSession) -> None:
        """Show a tab that was away what it has missed; ask a new one which conversation it has."""
        if tab in self._open:
            if conversation := await self.current(tab):
                await self._show(conversation, tab)
            return
        self._asked.add(tab)
        await to_page.send(tab, "window_message", {"vagvisare": "who", "tab": tab.id})
        await asyncio.sleep(_ANSWER_S)
        if tab in self._asked:
            await self.begin(tab)

    async def resume(self, tab: WebsocketSession, secret: str, *, is_shown: bool) -> None:
        """Show a tab the conversation that it has.

        Args:
            tab: The tab.
            secret: Of the conversation.
            is_shown: Whether the page shows it already; then it is not replaced by a new one.
        """
        self._asked.discard(tab)
        try:
            kept = await self._conversations.find(secret)
        except StoreUnavailable:
            logger.exception("a conversation could not be looked for")
            await self._tell_lost(tab, "connection.no_store")
            return
        if kept:
            await self._show(self._conversation(kept), tab)
        elif is_shown:
            await self._tell_lost(tab, "connection.gone")
        else:
            await self.begin(tab, "connection.not_found")

    async def begin(self, tab: WebsocketSession, notice: str = "") -> None:
        """Begin a conversation in a tab, in the browser's language."""
        self._asked.discard(tab)
        kept = self._conversations.begin(_language_of(tab))
        kept.session.welcome()
        await self._show(self._conversation(kept), tab, notice)

    async def leave(self, tab: WebsocketSession) -> None:
        """Note that a tab has lost its connection, or that the person has emptied it."""
        self._asked.discard(tab)
        if not (conversation := self._open.get(tab)):
            return
        # Its time without a word begins now.
        await self._conversations.find(conversation.kept.secret)
        _close(conversation, tab)
        if tab.to_clear:
            del self._open[tab]
            if not conversation.page.tabs and not conversation.kept.saved_until:
                await self._conversations.forget(conversation.kept.secret)

    async def forget(self, tab: WebsocketSession) -> None:
        """Remove the conversation of a tab everywhere; other tabs that show it begin a new one.

        Raises:
            StoreUnavailable: The database does not work; nothing is removed.
        """
        if not (conversation := self._open.get(tab)):
            return
        await self._conversations.forget(conversation.kept.secret)
        others = [each for each in conversation.page.tabs if each is not tab]
        for each in (tab, *others):
            _close(conversation, each)
        for each in [each for each, its in self._open.items() if its is conversation]:
            del self._open[each]
        conversation.page.clear()
        for other in others:
            await to_page.send(other, "window_message", {"vagvisare": "forgotten"})
            await self.begin(other, "connection.forgotten")

    async def tell_state(
        self, conversation: Conversation, tabs: Iterable[WebsocketSession] | None = None, notice: str = ""
    ) -> None:
        """Tell the page's own script what it shows, and what to say when the connection goes."""
        state = saving.page_state(conversation.kept, conversation.labels, notice)
        for tab in conversation.page.tabs if tabs is None else tabs:
            await to_page.send(tab, "window_message", state)

    def _conversation(self, kept: "Kept") -> Conversation:
        """How a conversation is shown, the same for all its tabs."""
        if not (conversation := self._by_secret.get(kept.secret)):
            conversation = self._by_secret[kept.secret] = Conversation(kept, self._texts, self._words)
        return conversation

    async def _show(self, conversation: Conversation, tab: WebsocketSession, notice: str = "") -> None:
        before = self._open.get(tab)
        if before and before is not conversation:
            _close(before, tab)
        self._open[tab] = conversation
        await conversation.catch_up()
        await conversation.page.open_in(tab)
        conversation.kept.tabs = len(conversation.page.tabs)
        await self.tell_state(conversation, (tab,), notice)

    async def _tell_lost(self, tab: WebsocketSession, reason: str) -> None:
        """Tell a page that its conversation cannot go on."""
        if conversation := self._open.pop(tab, None):
            _close(conversation, tab)
        labels = Labels(self._texts, _language_of(tab))
        await to_page.send(tab, "window_message", saving.lost_state(reason, labels))


def this_tab() -> WebsocketSession:
    """The tab that an event came from; the page has no other sessions than those of its web socket."""
    return cast(WebsocketSession, cl.context.session)


def _close(conversation: Conversation, tab: WebsocketSession) -> None:
    conversation.page.close_in(tab)
    conversation.kept.tabs = len(conversation.page.tabs)


def _language_of(tab: WebsocketSession) -> Language:
    return preferred_language(tab.environ.get("HTTP_ACCEPT_LANGUAGE", ""))
