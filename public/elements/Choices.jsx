// The buttons under an answer. The line that explains a button is written out: a phone has no hover.
import { createElement, useState } from 'react';

const { Said } = window.vagvisareParts(createElement, props);

export default function Choices() {
  const { choose, isSent } = window.vagvisareAnswering(useState, callAction);
  return (
    <ul className="vv-choices" aria-label={props.labels.label}>
      {props.choices.map((choice) => (
        <li key={choice.id} className={choice.explanation ? 'vv-explained' : ''}>
          <button
            type="button"
            className="vv-button"
            disabled={isSent}
            data-choice={choice.id}
            onClick={() => choose(choice.id)}
          >
            <span>
              <Said text={choice.label} />
            </span>
            {choice.explanation ? (
              <small>
                <Said text={choice.explanation} />
              </small>
            ) : null}
          </button>
        </li>
      ))}
    </ul>
  );
}
