// What the page does for those who listen, read slowly or use no mouse: what is new is announced, an answer
// is read aloud, a hard word is explained, and what Chainlit leaves without a name gets one.
{
  const status = () => document.getElementById('vv-status');
  const LONGEST_UTTERANCE = 180;
  const SILENT =
    '.vv-overview, .vv-upload, .vv-marker, .vv-hidden, .vv-of, .vv-aloud, .vv-sources, .vv-drawn, .vv-paper-only, [aria-hidden="true"], input, svg, script, style';
  const BLOCK = 'p, li, h2, h3, h4, td, th, dt, dd, legend, label, summary, button, figcaption, div, small, span.vv-other';

  // A screen reader says what is put into the one live region of the page.
  let last = 0;
  const announce = (text, language) => {
    const region = status();
    if (!region) return;
    region.lang = language || document.documentElement.lang;
    region.textContent = '';
    clearTimeout(last);
    last = setTimeout(() => (region.textContent = text), 50);
  };

  // Text as it is spoken, a piece for every block, each in its language. What is folded away is not said.
  const pieces = (root) => {
    const found = [];
    const walk = (node, language, block) => {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = node.textContent.replace(/\s+/g, ' ');
        if (!text.trim()) return;
        const before = found.at(-1);
        if (before?.block === block && before.language === language) before.text += text;
        else found.push({ text, language, block });
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SILENT) || !node.checkVisibility()) return;
      if (node.matches('details:not([open]) > :not(summary)')) return;
      const own = node.matches(BLOCK) ? node : block;
      for (const child of node.childNodes) walk(child, node.lang || language, own);
    };
    walk(root, root.closest('[lang]').lang, root);
    return found
      .map(({ text, language }) => ({ language, text: text.replace(/\s+([.,;:!?])/g, '$1').trim() }))
      .filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  };

  // Browsers stop in the middle of a long utterance, so each is a sentence or a little more.
  const short = (text) =>
    text
      .split(/(?<=[.!?:])\s+/)
      .flatMap((sentence) => sentence.match(new RegExp(`.{1,${LONGEST_UTTERANCE}}(?:\\s|$)|\\S+`, 'g')) ?? []);

  let reading = null;
  const stop = () => {
    const ended = reading;
    reading = null;
    if (ended) {
      speechSynthesis.cancel();
      ended.onEnd();
    }
  };

  const voices = () =>
    new Promise((resolve) => {
      const ready = speechSynthesis.getVoices();
      if (ready.length) return resolve(ready);
      const late = () => resolve(speechSynthesis.getVoices());
      speechSynthesis.addEventListener('voiceschanged', late, { once: true });
      setTimeout(late, 1000);
    });
  const SPOKEN = { sv: 'sv-SE', en: 'en-GB' };
  const voiceFor = (language, all) => {
    const exact = all.find((voice) => voice.lang.replace('_', '-') === SPOKEN[language]);
    return exact ?? all.find((voice) => voice.lang.toLowerCase().startsWith(language));
  };

  // Reads pieces one after the other. `onEnd` is called once, when all is read or something stops it.
  const read = async (said, { onEnd, onMissing }) => {
    stop();
    const mine = { onEnd };
    reading = mine;
    const all = await voices();
    const missing = [...new Set(said.map((piece) => piece.language))].filter((each) => !voiceFor(each, all));
    if (reading !== mine) return;
    missing.forEach(onMissing);
    const left = said
      .filter((piece) => !missing.includes(piece.language))
      .flatMap(({ text, language }) => short(text).map((part) => ({ text: part.trim(), language })));
    const next = () => {
      if (reading !== mine) return;
      const piece = left.shift();
      if (!piece) return stop();
      const utterance = new SpeechSynthesisUtterance(piece.text);
      utterance.lang = SPOKEN[piece.language];
      utterance.voice = voiceFor(piece.language, all);
      utterance.onend = next;
      utterance.onerror = () => reading === mine && stop();
      speechSynthesis.speak(utterance);
    };
    next();
  };
  window.addEventListener('pagehide', stop);

  // A turn begins and ends; Chainlit rebuilds elements in between, so what was said last is kept here.
  let working = false;
  const turn = (isWorking, label) => {
    if (isWorking === working) return;
    working = isWorking;
    if (isWorking) {
      stop();
      announce(label);
      return;
    }
    // The parts of the answer are laid out one by one.
    setTimeout(() => {
      const message = [...document.querySelectorAll('.ai-message .message-content')].at(-1);
      if (working || !message) return;
      const told = message.querySelectorAll('.vv-told, .vv-closing');
      const parts = [...(message.querySelector('.vv-told') ? [] : [message.firstElementChild]), ...told];
      const said = parts.filter(Boolean).flatMap((part) => pieces(part));
      const language = document.documentElement.lang;
      announce(said.filter((piece) => piece.language === language).map((piece) => piece.text).join(' '));
    }, 600);
  };

  // Names, roles and landmarks that Chainlit does not give: [selector, attribute, value]; null takes it away.
  const rulesIn = (labels) => {
    const named = (selector, name, role) => [
      [selector, 'aria-label', name],
      ...(role ? [[selector, 'role', role]] : [])
    ];
    return [
      ...named('#chat-input', labels.message),
      ...named('#chat-submit', labels.send),
      ...named('#stop-button', labels.stop),
      ...named('#new-chat-button', labels.new),
      ...named('#theme-toggle', labels.theme),
      ...named('#side-view-title button', labels.back),
      ...named('[role=dialog] > button.absolute', labels.close),
      ...named('.ai-message button:has(svg.lucide-copy)', labels.copy),
      ...named('#root button:has(> svg.lucide-arrow-down)', labels.down),
      ...named('section:has(> [data-sonner-toaster])', labels.news),
      ...named('#header', labels.page, 'navigation'),
      ...named('[data-panel]:has(#chat-input)', labels.conversation, 'main'),
      ...named('[data-panel]:has(#side-view-content)', labels.panel, 'complementary'),
      ...named('.step[data-step-type="user_message"]', labels.you, 'group'),
      ...named('.step[data-step-type="assistant_message"]', labels.guide, 'group'),
      ['.ai-message img', 'alt', ''],
      // On a card that came after its answer was named by Sources.jsx.
      ['a.vv-marker:not([aria-label])', 'aria-label', ({ hash }) => labels.source.replace('$number', hash.slice(8))],
      ['a[href^="#word-"]', 'target', null],
      ['a[href^="#word-"]', 'aria-haspopup', 'dialog'],
      // The handle between the panels and the panel on a phone point at ids that nothing has.
      ['[data-panel-id]:not([id])', 'id', (panel) => panel.dataset.panelId],
      ['[role=dialog]:has(> * > #side-view-title)', 'aria-labelledby', 'side-view-title'],
      ['[role=dialog]:has(> * > #side-view-title)', 'aria-describedby', null]
    ];
  };
  let wanted = [];
  const mend = () => {
    for (const [selector, name, value] of wanted) {
      for (const found of document.querySelectorAll(selector)) {
        const given = typeof value === 'function' ? value(found) : value;
        if (given === null) found.removeAttribute(name);
        else if (found.getAttribute(name) !== given) found.setAttribute(name, given);
      }
    }
  };
  // An answer that is being written changes the page many times between two pictures of it.
  let isDue = false;
  const mendSoon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      mend();
    });
  };
  const observer = new MutationObserver(mendSoon);
  const name = (labels) => {
    document.querySelector('.vv-skip').textContent = labels.skip;
    wanted = rulesIn(labels);
    mend();
    observer.observe(document.body, { childList: true, subtree: true });
  };

  // Chainlit measures an answer before its elements are there, and then offers to scroll to empty room below.
  const measureAnew = () => {
    const measure = () => {
      window.dispatchEvent(new Event('resize'));
      document.querySelector('.overflow-y-auto:has(> * .ai-message)')?.dispatchEvent(new Event('scroll'));
    };
    const timers = [300, 1200].map((delay) => setTimeout(measure, delay));
    return () => timers.forEach(clearTimeout);
  };

  // What had the focus last outside panels and dialogs, which is where it belongs when they close.
  let lastOutside = null;
  document.addEventListener('focusin', ({ target }) => {
    if (!target.closest('#side-view-content, #side-view-title, [role=dialog]')) lastOutside = target;
  });
  const backToOpener = (event) => {
    event?.preventDefault();
    if (lastOutside?.isConnected) lastOutside.focus();
  };

  // A panel takes the focus as it opens; Chainlit makes its content anew in between, when the person may be writing.
  const enter = (node, options) => {
    if (document.activeElement?.id !== 'chat-input') node.focus(options);
  };

  // Hard words: links to "#word-<id>" in texts and on cards open one small box.
  const words = new Map();
  const addWords = (found, labels) => {
    for (const word of found) words.set(word.id, { ...word, labels });
  };
  const line = (tag, text, attributes = {}) => Object.assign(document.createElement(tag), { textContent: text, ...attributes });
  const box = () => {
    const made = document.createElement('div');
    made.id = 'vv-word';
    made.popover = 'auto';
    made.setAttribute('role', 'dialog');
    made.setAttribute('aria-labelledby', 'vv-word-title');
    made.addEventListener('toggle', (event) => event.newState === 'closed' && stop());
    document.body.append(made);
    return made;
  };
  const explain = (word, link) => {
    const shown = document.getElementById('vv-word') ?? box();
    const { labels } = word;
    const text = document.createElement('div');
    text.lang = word.language;
    text.append(
      line('h2', word.word, { id: 'vv-word-title', tabIndex: -1 }),
      line('p', word.explanation),
      line('p', word.other, { lang: word.other_language, className: 'vv-other' })
    );
    const buttons = line('p', '', { className: 'vv-word-buttons' });
    const close = line('button', labels.close, { type: 'button', className: 'vv-button' });
    close.addEventListener('click', () => shown.hidePopover());
    if (window.speechSynthesis) buttons.append(readButton(text, labels));
    buttons.append(close);
    shown.replaceChildren(text, buttons);
    shown.showPopover();
    const at = link.getBoundingClientRect();
    const size = shown.getBoundingClientRect();
    const below = at.bottom + 6 + size.height <= innerHeight ? at.bottom + 6 : at.top - 6 - size.height;
    shown.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
    shown.style.top = `${Math.max(8, below)}px`;
    document.getElementById('vv-word-title').focus();
  };
  const readButton = (root, labels) => {
    const button = line('button', labels.read, { type: 'button', className: 'vv-button' });
    button.addEventListener('click', () => {
      if (button.dataset.reading) return stop();
      button.dataset.reading = 'yes';
      button.textContent = labels.stop;
      read(pieces(root), {
        onEnd: () => {
          delete button.dataset.reading;
          button.textContent = labels.read;
        },
        onMissing: (language) => announce(labels[`no_voice_${language}`])
      });
    });
    return button;
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href^="#word-"]');
    const word = link && words.get(decodeURIComponent(link.getAttribute('href').slice(6)));
    if (word) {
      event.preventDefault();
      explain(word, link);
    }
    if (event.target.closest?.('.vv-skip')) {
      event.preventDefault();
      document.getElementById('chat-input')?.focus();
    }
  });

  window.vagvisareAccess = { addWords, backToOpener, enter, measureAnew, name, pieces, read, stop, turn };
}
