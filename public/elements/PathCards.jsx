// The paths of an answer. Markers are links to "#source-1"; Sources.jsx, in the same message, opens them.
import { useState } from 'react';

const kept = (window.vagvisarePaths ||= {});
const known = new Set(props.markers);

function Linked({ text }) {
  return text.split(/(\[\d+\])/).map((part, order) => {
    const marker = Number(part.slice(1, -1));
    return order % 2 && known.has(marker) ? <Marker key={order} marker={marker} /> : part;
  });
}

function Marker({ marker }) {
  return (
    <a className="vv-marker" href={`#source-${marker}`}>
      [{marker}]
    </a>
  );
}

function Chips({ heading, labels, kind }) {
  if (!labels.length) return null;
  return (
    <>
      <h4>{heading}</h4>
      <ul className={`vv-chips ${kind}`}>
        {labels.map((label) => (
          <li key={label}>{label}</li>
        ))}
      </ul>
    </>
  );
}

function Part({ heading, text }) {
  if (!text) return null;
  return (
    <>
      <h4>{heading}</h4>
      <p>
        <Linked text={text} />
      </p>
    </>
  );
}

function PathCard({ path, first }) {
  const { labels } = props;
  const [open, setOpen] = useState(kept[path.id] ?? first);
  const toggle = (event) => {
    kept[path.id] = event.currentTarget.open;
    setOpen(event.currentTarget.open);
  };
  return (
    <article className={`vv-path ${path.kind}`} data-concept={path.id}>
      <header>
        <h3>{path.label}</h3>
        <span className={`vv-badge ${path.kind}`}>{path.kind_label}</span>
      </header>
      <p>
        <Linked text={path.why} />{' '}
        {path.markers.map((marker) => (
          <Marker key={marker} marker={marker} />
        ))}
      </p>
      <details open={open} onToggle={toggle}>
        <summary>
          {labels.more}
          <span className="vv-hidden">: {path.label}</span>
        </summary>
        <Chips heading={labels.matched} labels={path.matched} kind="matched" />
        <Chips heading={labels.missing} labels={path.missing} kind="missing" />
        <Part heading={labels.gap} text={path.gap} />
        <Part heading={labels.how} text={path.how} />
        <p className="vv-quiet">{path.code}</p>
      </details>
    </article>
  );
}

export default function PathCards() {
  return (
    <section className="vv-paths" aria-label={props.labels.label}>
      {props.paths.map((path, order) => (
        <PathCard key={path.id} path={path} first={order === 0} />
      ))}
    </section>
  );
}
