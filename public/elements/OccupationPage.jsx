// The page of one occupation. Texts and pictures come finished; `vagvisareParts` is in public/vagvisare.js.
import { createElement, useState } from 'react';

const { Chips, Lines, Markers, Parts, Picture, Said } = window.vagvisareParts(createElement, props);

function Related() {
  const [chosen, setChosen] = useState('');
  const choose = (id) => {
    setChosen(id);
    callAction({ name: 'choose', payload: { choice_id: id } }).finally(() => setChosen(''));
  };
  const clickable = props.related.filter((other) => other.id);
  if (!clickable.length) return <Chips labels={props.related.map((other) => other.label)} />;
  return (
    <ul className="vv-card-buttons">
      {clickable.map((other) => (
        <li key={other.id}>
          <button
            type="button"
            className="vv-button"
            data-choice={other.id}
            disabled={chosen !== ''}
            onClick={() => choose(other.id)}
          >
            <Said text={other.label} />
          </button>
        </li>
      ))}
    </ul>
  );
}

// How far it is for the person, beside the fact that says it in words.
function Fit() {
  const { labels } = props;
  return (
    <>
      <Parts heading={labels.score} parts={props.parts} />
      <Chips heading={labels.matched} labels={props.matched} kind="matched" />
      <Chips heading={labels.missing} labels={props.missing} kind="missing" />
    </>
  );
}

function Fact({ fact }) {
  const { known } = props;
  return (
    <section className={fact.picture ? 'vv-fact vv-pictured' : 'vv-fact'} data-fact={fact.key}>
      <div>
        <h4>
          <Said text={fact.label} />
        </h4>
        <Lines text={fact.text} known={known} />
        {fact.key === 'far' ? <Fit /> : null}
        {fact.key === 'related' ? <Related /> : null}
      </div>
      {fact.picture ? <Picture picture={fact.picture} known={known} /> : null}
    </section>
  );
}

export default function OccupationPage() {
  const { labels } = props;
  const isTold = (key) => props.facts.some((fact) => fact.key === key);
  return (
    <article className={`vv-card vv-occupation ${props.kind}`} aria-label={props.region} data-concept={props.id}>
      <header>
        <h3>
          <Said text={props.label} />
        </h3>
        {props.kind ? (
          <span className={`vv-badge ${props.kind}`}>
            <Said text={props.kind_label} />
          </span>
        ) : null}
      </header>
      {props.facts.map((fact) => (
        <Fact key={fact.key} fact={fact} />
      ))}
      {isTold('far') ? null : <Fit />}
      {props.pictures.map((picture) => (
        <Picture key={picture.title} picture={picture} known={props.known} />
      ))}
      {props.related.length && !isTold('related') ? (
        <section className="vv-fact">
          <h4>
            <Said text={labels.related} />
          </h4>
          <Related />
        </section>
      ) : null}
      <p className="vv-quiet">
        {props.code} <Markers heading={labels.sources} markers={props.markers} />
      </p>
    </article>
  );
}
