// The server has chosen the language of the page; Chainlit asks the browser for it, so the browser says the same.
{
  const language = document.documentElement.lang === 'en' ? 'en-US' : 'sv-SE';
  Object.defineProperty(navigator, 'language', { configurable: true, get: () => language });
}

// What several elements lay out or do alike. An element is a file of its own that can import no other of ours, so
// the shared parts are made here, of the page's own React: `vagvisareParts(createElement, props)`. `props.pairs`
// are the lines of the element in the other language.
{
  const marker = (h, number) =>
    h('a', { key: number, className: 'vv-marker', href: `#source-${number}` }, `[${number}]`);

  const word = (h, order, text, href) => h('a', { key: order, href }, text);

  window.vagvisareParts = (h, { pairs } = {}) => {
    // A text with bold and hard words, and with markers as links, each on a line with the full stop after it;
    // `known` are those that the answer has a source for.
    const linked = (text, known) =>
      text.split(/(\[\d+\][.,;:]?|\*\*[^*]+\*\*|\[[^\]]+\]\(#word-[^)]+\))/).map((part, order) => {
        if (order % 2 === 0) return part;
        if (part.startsWith('**')) return h('strong', { key: order }, linked(part.slice(2, -2), known));
        if (part.endsWith(')')) return word(h, order, ...part.slice(1, -1).split(']('));
        const [, digits, end] = part.match(/^\[(\d+)\](.?)$/);
        if (!known.includes(Number(digits))) return part;
        return h('span', { key: order, className: 'vv-cited' }, marker(h, Number(digits)), end);
      });

    // The same line in the other language, under it.
    const Other = ({ text, known = [] }) => {
      const other = pairs?.texts[text];
      return other ? h('span', { className: 'vv-other', lang: pairs.language }, linked(other, known)) : null;
    };

    const Linked = ({ text, known }) => [...linked(text, known), h(Other, { key: 'other', text, known })];

    // A heading, a label or a button: nothing in it is a link.
    const Said = ({ text }) => [text, h(Other, { key: 'other', text })];

    const Lines = ({ text, known }) =>
      text
        .split('\n')
        .filter((line) => line.trim())
        .map((line, order) => h('p', { key: order }, h(Linked, { text: line, known })));

    const Markers = ({ heading, markers }) =>
      markers.length ? [heading ? `${heading}: ` : '', ...markers.map((number) => marker(h, number))] : null;

    const Chips = ({ heading, labels, kind = '' }) =>
      labels.length
        ? [
            heading ? h('h4', { key: 'heading' }, h(Said, { text: heading })) : null,
            h(
              'ul',
              { key: 'chips', className: `vv-chips ${kind}` },
              labels.map((label) => h('li', { key: label }, h(Said, { text: label })))
            )
          ]
        : null;

    // What a score is made of. The words say it too: the bar alone would be nothing to a screen reader.
    const Parts = ({ heading, parts }) =>
      parts.length
        ? [
            h('h4', { key: 'heading' }, h(Said, { text: heading })),
            h(
              'ul',
              { key: 'parts', className: 'vv-parts' },
              parts.map((part) =>
                h(
                  'li',
                  { key: part.label, className: part.against ? 'against' : '' },
                  h('span', null, h(Said, { text: part.label })),
                  h('span', { className: 'vv-quiet' }, h(Said, { text: part.word })),
                  h(
                    'span',
                    { className: 'vv-part-bar', 'aria-hidden': true },
                    h('span', { style: { width: `${part.percent}%` } })
                  )
                )
              )
            )
          ]
        : null;

    const Table = ({ picture }) =>
      h(
        'table',
        null,
        h(
          'thead',
          null,
          h('tr', null, picture.head.map((head, order) => h('th', { key: order, scope: 'col' }, h(Said, { text: head }))))
        ),
        h(
          'tbody',
          null,
          picture.rows.map((row, number) =>
            h(
              'tr',
              { key: number },
              row.map((cell, order) => h('td', { key: order, 'data-head': picture.head[order] }, h(Said, { text: cell })))
            )
          )
        )
      );

    // The server has drawn the picture and escaped every label in it.
    const Picture = ({ picture, known }) => {
      const sources = picture.markers.filter((number) => known.includes(number));
      return h(
        'figure',
        { className: 'vv-picture' },
        h(
          'figcaption',
          null,
          h('strong', null, h(Said, { text: picture.title })),
          ' ',
          h(Markers, { heading: '', markers: sources })
        ),
        h('div', { className: 'vv-drawn', dangerouslySetInnerHTML: { __html: picture.svg } }),
        picture.note ? h('p', { className: 'vv-quiet' }, h(Said, { text: picture.note })) : null,
        h(
          'details',
          null,
          h('summary', null, h(Said, { text: picture.labels.as_text }), h('span', { className: 'vv-hidden' }, `: ${picture.title}`)),
          h(Table, { picture }),
          sources.length
            ? h('p', null, h(Markers, { heading: picture.labels.sources, markers: sources }))
            : null
        )
      );
    };

    // Under boxes: keep what is ticked, or answer in another way.
    const TickButtons = ({ keep, isAny, onKeep, choices, onChoose }) =>
      h(
        'div',
        { className: 'vv-skill-buttons' },
        h('button', { type: 'button', className: 'vv-button vv-primary', disabled: !isAny, onClick: onKeep }, keep),
        choices.map(({ id, label }) =>
          h(
            'button',
            { key: id, type: 'button', className: 'vv-button', 'data-choice': id, onClick: () => onChoose(id) },
            h(Said, { text: label })
          )
        )
      );
    return { Chips, Lines, Linked, Markers, Parts, Picture, Said, TickButtons };
  };

  // A file of the person's data as the server makes it: its name and address here, or what went wrong in words,
  // the server's own if it could be asked at all.
  const problemOf = async (response) => (await response.json().catch(() => ({}))).message;
  const nameOf = (response) => {
    const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '');
    return decodeURIComponent(named?.[1] ?? '');
  };
  const make = async (format, languages, { failed, lost }) => {
    const query = new URLSearchParams({ format, languages });
    const headers = { 'Accept-Language': document.documentElement.lang };
    try {
      const response = await fetch(`/api/v1/conversations/${window.vagvisare.secret()}/export?${query}`, { headers });
      if (!response.ok) return { problem: (await problemOf(response)) || failed };
      return { name: nameOf(response), url: URL.createObjectURL(await response.blob()) };
    } catch {
      return { problem: lost };
    }
  };
  const save = ({ name, url }) => {
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
  };
  window.vagvisareFile = { make, save };

  // What the server says to an action; nothing when it failed there, false when it could not be asked.
  const answered = (asked) => asked.then(({ response }) => response, () => false);
  window.vagvisareAnswered = answered;

  // The buttons of an answer: one press answers for all of them, unless the server does not take it.
  window.vagvisareAnswering = (useState, callAction) => {
    const [isSent, setSent] = useState(false);
    const choose = async (id) => {
      setSent(true);
      const isTaken = await answered(callAction({ name: 'choose', payload: { choice_id: id } }));
      if (!isTaken) setSent(false);
    };
    return { choose, isSent };
  };

  // Boxes. What is ticked survives that the page is shown anew, after a lost connection or a reload.
  window.vagvisareTicks = (useState, key, proposed) => {
    const [ticked, setTicked] = useState(window.vagvisare.ticks()[key] ?? proposed);
    const mark = (now) => {
      setTicked(now);
      window.vagvisare.keepTicks({ [key]: now });
    };
    const tick = (id) => mark(ticked.includes(id) ? ticked.filter((each) => each !== id) : [...ticked, id]);
    return { mark, tick, ticked };
  };
}
