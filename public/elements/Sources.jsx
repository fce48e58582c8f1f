// The sources of an answer, and what happens on a click on one of its markers, in the text or on a card.
import { useEffect, useRef } from 'react';
import { useSetRecoilState } from 'recoil';
import { sideViewState } from '@chainlit/react-client';

export default function Sources() {
  const root = useRef(null);
  const setSideView = useSetRecoilState(sideViewState);

  const open = (source) =>
    setSideView({
      title: source.panel,
      elements: [
        {
          id: `source-${source.marker}-${source.url}`,
          type: 'custom',
          name: 'SourceCard',
          display: 'side',
          forId: '',
          props: source
        }
      ]
    });

  useEffect(() => {
    const message = root.current?.closest('.message-content');
    if (!message) return;
    const named = new Map(props.sources.map((source) => [`#source-${source.marker}`, source]));
    const onClick = (event) => {
      const link = event.target.closest?.('a[href^="#source-"]');
      const source = link && named.get(link.getAttribute('href'));
      if (!source) return;
      event.preventDefault();
      open(source);
      // The panel makes the conversation narrower, and the text moves.
      setTimeout(() => link.scrollIntoView({ block: 'nearest' }), 400);
    };
    for (const link of message.querySelectorAll('a[href^="#source-"]:not(.vv-source-link)')) {
      link.removeAttribute('target');
      link.classList.add('vv-marker');
      link.setAttribute('aria-label', named.get(link.getAttribute('href'))?.open ?? link.textContent);
    }
    message.addEventListener('click', onClick);
    return () => message.removeEventListener('click', onClick);
  }, []);

  return (
    <details className="vv-sources" ref={root}>
      <summary>{props.heading}</summary>
      <ol>
        {props.sources.map((source) => (
          <li key={source.marker}>
            <a className="vv-source-link" href={`#source-${source.marker}`}>
              [{source.marker}] {source.title}
            </a>
            <span className="vv-quiet"> {source.system}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
