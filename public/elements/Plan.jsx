// The plan: its steps in order, and the same on a line of time.
import { createElement } from 'react';

const { Lines, Linked, Markers, Picture, Said } = window.vagvisareParts(createElement, props);

// The page scrolls within itself, which paper cannot: what is printed is a copy beside the page.
function print(plan) {
  const sheet = document.createElement('div');
  sheet.className = 'vv-sheet';
  sheet.append(plan.cloneNode(true));
  document.body.append(sheet);
  window.addEventListener('afterprint', () => sheet.remove(), { once: true });
  window.print();
}

function Step({ step }) {
  const { known, labels } = props;
  return (
    <li className="vv-plan-step">
      <h4>
        <Said text={step.title} />
      </h4>
      {step.time ? (
        <p className="vv-time">
          {labels.time}: <Linked text={step.time} known={known} />
        </p>
      ) : null}
      <Lines text={step.text} known={known} />
      {step.first_action ? (
        <p className="vv-first">
          <strong>{labels.first_action}:</strong> <Linked text={step.first_action} known={known} />
        </p>
      ) : null}
    </li>
  );
}

export default function Plan() {
  const { known, labels } = props;
  return (
    <article className="vv-card vv-plan" aria-label={props.region} data-concept={props.id}>
      <header>
        <h3>
          <Said text={props.title} />
        </h3>
        <button
          type="button"
          className="vv-button vv-print"
          onClick={(event) => print(event.currentTarget.closest('article'))}
        >
          <Said text={labels.print} />
        </button>
      </header>
      {props.conditions.length ? (
        <>
          <h4>
            <Said text={labels.conditions} />
          </h4>
          <ul className="vv-conditions">
            {props.conditions.map((condition) => (
              <li key={condition}>
                <Said text={condition} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <ol aria-label={labels.steps}>
        {props.steps.map((step, order) => (
          <Step key={order} step={step} />
        ))}
      </ol>
      {props.total ? (
        <p>
          <strong>{labels.total}:</strong> <Linked text={props.total} known={known} />
        </p>
      ) : null}
      {props.picture ? <Picture picture={props.picture} known={known} /> : null}
      <p className="vv-quiet vv-screen-only">
        {labels.hint} <Markers heading={labels.sources} markers={props.markers} />
      </p>
      <div className="vv-paper-only">
        <h4>{labels.sources}</h4>
        <ul>
          {props.sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      </div>
    </article>
  );
}
