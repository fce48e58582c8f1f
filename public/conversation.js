// What keeps a tab and its conversation together: the secret, what is half written, what was sent but not yet
// received, and a banner that says when the connection is gone. All of it lies in sessionStorage, which belongs
// to the tab and goes with it; nothing is in a cookie or in an address. Runs before the page's own script.
{
  const KEY = 'vagvisare';
  const BACK_FOR_MS = 4000;
  // What belongs to one conversation: a half-written message, messages on their way, boxes ticked in its last answer.
  const NOTHING = { draft: '', unsent: [], ticks: {} };

  // A browser may refuse storage; then only a reload loses what is here.
  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    } catch {
      return {};
    }
  };
  let kept = read();
  const keep = (changes) => {
    kept = { ...kept, ...changes };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // See above.
    }
  };
  const unsentTexts = () => (kept.unsent ?? []).map(({ text }) => text);

  let isLinked = false;
  // "#resume=<secret>" is taken out of the address bar at once: neither the history nor a server gets it.
  const takeLink = () => {
    const linked = location.hash.match(/^#resume=([\w-]+)$/)?.[1];
    if (!linked) return false;
    history.replaceState(history.state, '', location.pathname);
    isLinked = true;
    if (linked !== kept.secret) keep({ secret: linked, ...NOTHING });
    return true;
  };
  takeLink();
  addEventListener('hashchange', () => takeLink() && begin(false));

  // The tab as Chainlit knows it; the page gives it a new name only when the person starts again.
  let tab = '';
  let isShown = false;
  let labels = {};
  const begin = (shown = isShown) =>
    postMessage({ vagvisare: 'begin', secret: kept.secret ?? null, shown }, location.origin);

  // A conversation that is shown again is read on where it was left, not from its beginning. Its cards take their
  // place one after the other, so it is done twice.
  const readOn = () => {
    for (const afterMs of [400, 1500])
      setTimeout(() => {
        const said = [...document.querySelectorAll('[data-step-type=user_message]')];
        if (said.length && !hasMoved) said.at(-1).scrollIntoView({ block: 'start' });
      }, afterMs);
  };
  let hasMoved = false;
  for (const moves of ['wheel', 'touchmove', 'keydown'])
    addEventListener(moves, () => (hasMoved = true), { passive: true });

  const hear = {
    who(message) {
      if (tab && tab !== message.tab) {
        keep({ secret: null, ...NOTHING });
        isShown = false;
      }
      tab = message.tab;
      begin();
    },
    forgotten() {
      keep({ secret: null, ...NOTHING });
      write('');
    },
    state(message) {
      // What was meant for a conversation that is gone is given back, not said in the new one.
      if (kept.secret && kept.secret !== message.secret) {
        keep({ draft: [...unsentTexts(), kept.draft].filter(Boolean).join('\n'), unsent: [] });
        write(kept.draft);
        // Nor does an open panel belong to the new one.
        vagvisare.keepsPanel = false;
        dispatchEvent(new Event('vagvisare-other'));
      }
      keep({ secret: message.secret });
      if (!isShown) readOn();
      isShown = true;
      labels = message.labels;
      vagvisare.saved = message.saved;
      document.documentElement.classList.add('vv-connected');
      if (message.notice) say(message.notice, labels.close, hush);
      // Whoever sent the link could read on; nobody should tell their life in another's conversation.
      else if (isLinked) say(labels.linked, labels.close, hush);
      else if (said === 'lost') say(labels.back, '', null, BACK_FOR_MS);
      isLinked = false;
      dispatchEvent(new Event('vagvisare'));
    },
    lost(message) {
      vagvisare.isBack = false;
      labels = message.labels;
      document.documentElement.classList.add('vv-connected');
      say(message.notice, labels.start_again, () => {
        keep({ secret: null, ...NOTHING });
        begin(false);
      });
    }
  };

  // Chainlit passes every message of the window on to the server. Only what this script says may get there.
  addEventListener('message', (event) => {
    const kind = event.data?.vagvisare;
    const isOwn = event.source === window && event.origin === location.origin;
    if (isOwn && !Object.hasOwn(hear, kind)) return;
    event.stopImmediatePropagation();
    if (isOwn) hear[kind](event.data);
  });

  // The banner stays in the page, empty or not, so that a screen reader hears what comes into it.
  let said = '';
  let timer = 0;
  const banner = document.createElement('div');
  banner.className = 'vv-connection';
  banner.setAttribute('role', 'status');
  const hush = () => {
    said = '';
    banner.replaceChildren();
  };
  const say = (text, answer = '', onAnswer = null, forMs = 0, kind = 'told') => {
    clearTimeout(timer);
    said = kind;
    const line = document.createElement('p');
    line.textContent = text;
    banner.replaceChildren(line);
    if (answer) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'vv-button';
      button.textContent = answer;
      button.addEventListener('click', () => {
        hush();
        onAnswer();
      });
      banner.append(button);
    }
    if (forMs) timer = setTimeout(hush, forMs);
  };
  addEventListener('DOMContentLoaded', () => document.body.prepend(banner));
  const tellLost = () => said !== 'lost' && labels.lost && say(labels.lost, '', null, 0, 'lost');
  addEventListener('offline', tellLost);

  // What is half written is given back to the message field when the page is loaded again or makes the field anew.
  const field = () => document.getElementById('chat-input');
  addEventListener('input', (event) => event.target === field() && keep({ draft: event.target.value }), true);
  const write = (text) => {
    const input = field();
    if (!input || input.value === text) return;
    // React takes a value only by way of the browser's own setter and an event.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  let filled = null;
  const fill = () => {
    const input = field();
    if (!input || input === filled) return;
    filled = input;
    if (kept.draft && !input.value) write(kept.draft);
  };
  new MutationObserver(fill).observe(document, { childList: true, subtree: true });

  const vagvisare = (window.vagvisare = {
    open: '',
    focus: '',
    saved: '',
    // Whether the connection is back and the conversation not yet shown anew; and whether the panel stays then.
    isBack: false,
    keepsPanel: false,
    secret: () => kept.secret ?? '',
    // Show the conversation as the server has it, after it was changed by another way than the page's.
    refresh: () => begin(true),
    unsent: () => kept.unsent ?? [],
    keepUnsent: (unsent) => keep({ unsent }),
    sent: () => keep({ draft: '' }),
    ticks: () => kept.ticks ?? {},
    keepTicks: (ticks) => keep({ ticks }),
    tellLost
  });
}
