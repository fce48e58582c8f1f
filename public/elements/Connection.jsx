// Nothing to see: it watches the connection, and sends again what was sent but never received.
import { useEffect } from 'react';
import { useRecoilValue } from 'recoil';
import { messagesState, sessionState, useChatInteract } from '@chainlit/react-client';

const page = window.vagvisare;

export default function Connection() {
  const { sendMessage } = useChatInteract();
  const socket = useRecoilValue(sessionState)?.socket;
  const messages = useRecoilValue(messagesState);

  useEffect(() => {
    if (!socket) return;
    if (!socket.connected) page.tellLost();
    // The page itself lets go of its connection when the person starts again.
    const onDisconnect = (reason) => reason !== 'io client disconnect' && page.tellLost();
    socket.on('disconnect', onDisconnect);
    return () => socket.off('disconnect', onDisconnect);
  }, [socket]);

  useEffect(() => {
    const said = messages.filter((message) => message.type === 'user_message');
    const received = said.filter((message) => message.metadata?.received);
    const known = new Map(said.map((message) => [message.id, message]));
    const fresh = said.filter((message) => !message.metadata?.received);
    const waiting = page.unsent();
    // The server may have received it without the page being told, and then have begun anew from its store.
    const isReceived = ({ id, text, after }) =>
      known.get(id)?.metadata?.received || (!known.has(id) && received[after]?.output === text);
    const left = waiting.filter((each) => !isReceived(each));
    const added = fresh
      .filter(({ id }) => !waiting.some((each) => each.id === id))
      .map(({ id, output }) => ({ id, text: output, after: received.length }));
    if (added.length) page.sent();
    if (added.length || left.length < waiting.length) page.keepUnsent([...left, ...added]);
    for (const { id, text } of left.filter((each) => !known.has(each.id))) {
      sendMessage({ id, threadId: '', name: 'User', type: 'user_message', output: text });
    }
  }, [messages]);

  return null;
}
