// Nothing to see: it watches the connection, sends again what was sent but never received, and keeps the side panel.
import { useEffect } from 'react';
import { useRecoilState, useRecoilValue } from 'recoil';
import {
  messagesState,
  sessionState,
  sideViewState,
  useChatData,
  useChatInteract
} from '@chainlit/react-client';

const page = window.vagvisare;

// Chainlit closes the side panel whenever its elements change, and it is given all of them anew when the connection
// is back. Its own effect comes after this one.
function useKeptPanel(socket) {
  const { elements } = useChatData();
  const [panel, setPanel] = useRecoilState(sideViewState);
  useEffect(() => {
    if (!socket) return undefined;
    const onConnect = () => (page.isBack = true);
    const onResume = () => {
      page.keepsPanel = page.isBack;
      page.isBack = false;
    };
    socket.on('connect', onConnect);
    socket.on('resume_thread', onResume);
    return () => {
      socket.off('connect', onConnect);
      socket.off('resume_thread', onResume);
    };
  }, [socket]);
  useEffect(() => {
    if (!page.keepsPanel) return;
    setTimeout(() => {
      if (panel && page.keepsPanel) setPanel(panel);
      page.keepsPanel = false;
    });
  }, [elements]);
  useEffect(() => {
    const close = () => setPanel(undefined);
    addEventListener('vagvisare-other', close);
    return () => removeEventListener('vagvisare-other', close);
  }, []);
}

export default function Connection() {
  const { sendMessage } = useChatInteract();
  const socket = useRecoilValue(sessionState)?.socket;
  const messages = useRecoilValue(messagesState);
  useKeptPanel(socket);

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
