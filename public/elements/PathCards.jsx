// The paths of an answer. Markers are links to "#source-1"; Sources.jsx, in the same message, opens them.
import { createElement, useState } from 'react';

const { Chips, Linked, Markers, Parts, Said } = window.vagvisareParts(createElement, props);
// Chainlit rebuilds elements whenever a turn starts or ends; what must survive that is kept here.
const kept = (window.vagvisarePaths ||= {});

function choose(id) {
  return callAction({ name: 'choose', payload: { choice_id: id } }).catch(() => undefined);
}

function Part({ heading, text }) {
  if (!text) return null;
  return (
    <>
      <h4>
        <Said text={heading} />
      </h4>
      <p>
        <Linked text={text} known={props.markers} />
      </p>
    </>
  );
}

function Buttons({ path, ticked, onTick }) {
  if (!path.buttons.length && !props.compare) return null;
  const full = ticked.length >= props.most_compared && !ticked.includes(path.id);
  return (
    <div className="vv-card-buttons" role="group" aria-label={path.buttons_label}>
      {path.buttons.map((button) => (
        <button
          key={button.id}
          type="button"
          className="vv-button"
          data-choice={button.id}
          aria-label={`${button.label}: ${path.label}`}
          onClick={() => choose(button.id)}
        >
          <Said text={button.label} />
        </button>
      ))}
      {props.compare ? (
        <label className="vv-tick">
          <input
            type="checkbox"
            aria-label={`${props.labels.compare}: ${path.label}`}
            checked={ticked.includes(path.id)}
            disabled={full}
            onChange={onTick}
          />
          <Said text={props.labels.compare} />
        </label>
      ) : null}
    </div>
  );
}

function PathCard({ path, first, ticked, onTick }) {
  const { labels } = props;
  const [open, setOpen] = useState(kept[path.id] ?? first);
  const toggle = (event) => {
    kept[path.id] = event.currentTarget.open;
    setOpen(event.currentTarget.open);
  };
  return (
    <article className={`vv-card vv-path ${path.kind}`} data-concept={path.id}>
      <header>
        <h3>
          <Said text={path.label} />
        </h3>
        <span className={`vv-badge ${path.kind}`}>
          <Said text={path.kind_label} />
        </span>
      </header>
      <p>
        <Linked text={path.why} known={props.markers} /> <Markers markers={path.markers} />
      </p>
      <Part heading={labels.gap} text={path.gap} />
      <details open={open} onToggle={toggle}>
        <summary>
          <Said text={labels.more} />
          <span className="vv-hidden">: {path.label}</span>
        </summary>
        <Parts heading={labels.score} parts={path.parts} />
        <Chips heading={labels.matched} labels={path.matched} kind="matched" />
        <Chips heading={labels.missing} labels={path.missing} kind="missing" />
        <Part heading={labels.how} text={path.how} />
        <p className="vv-quiet">
          <Said text={path.code} />
        </p>
      </details>
      {path.first_step ? (
        <p className="vv-first">
          <strong>{labels.first_step}:</strong> <Linked text={path.first_step} known={props.markers} />
        </p>
      ) : null}
      <Buttons path={path} ticked={ticked} onTick={() => onTick(path.id)} />
    </article>
  );
}

function CompareChosen({ ticked }) {
  if (!props.compare) return null;
  return (
    <p className="vv-compare">
      <button
        type="button"
        className="vv-button vv-primary"
        disabled={ticked.length < 2}
        onClick={() => choose(`compare:${ticked.join(',')}`)}
      >
        {props.compare_chosen.replace('$number', ticked.length)}
      </button>
      <span className="vv-quiet">
        <Said text={props.labels.compare_hint} />
      </span>
    </p>
  );
}

export default function PathCards() {
  const [ticked, setTicked] = useState(kept.ticked ?? []);
  const shown = ticked.filter((id) => props.paths.some((path) => path.id === id));
  const tick = (id) => {
    kept.ticked = shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id];
    setTicked(kept.ticked);
  };
  return (
    <section className="vv-paths" aria-label={props.labels.label}>
      {props.paths.map((path, order) => (
        <PathCard key={path.id} path={path} first={order === 0} ticked={shown} onTick={tick} />
      ))}
      <CompareChosen ticked={shown} />
    </section>
  );
}
