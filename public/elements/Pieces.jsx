// What was read in a CV: each piece with what the CV says and what it was read as. What is sure is ticked, so
// that one press keeps it; what was guessed or is there already is not.
import { createElement, useState } from 'react';

const { Said, TickButtons } = window.vagvisareParts(createElement, props);

export default function Pieces() {
  const { choices, groups, labels } = props;
  const pieces = groups.flatMap((group) => group.pieces);
  const key = `pieces:${pieces.map((piece) => piece.said).join()}`;
  const proposed = pieces.filter((piece) => piece.ticked).map((piece) => piece.id);
  const { choose, isSent } = window.vagvisareAnswering(useState, callAction);
  const { mark, tick, ticked } = window.vagvisareTicks(useState, key, proposed);
  const keep = () => {
    const kept = pieces.filter((piece) => ticked.includes(piece.id)).map((piece) => piece.number);
    choose(`pieces:keep:${kept.join(',')}`);
  };

  return (
    <fieldset className="vv-skills vv-pieces" disabled={isSent}>
      <legend>
        <Said text={labels.legend} />
      </legend>
      <label>
        <input
          type="checkbox"
          checked={ticked.length === pieces.length}
          onChange={() => mark(ticked.length === pieces.length ? [] : pieces.map((piece) => piece.id))}
        />
        <span>
          <Said text={labels.all} />
        </span>
      </label>
      {groups.map((group) => (
        <fieldset key={group.heading} className="vv-piece-group">
          <legend>
            <Said text={group.heading} />
          </legend>
          {group.pieces.map((piece) => (
            <label key={piece.id} data-choice={piece.id}>
              <input type="checkbox" checked={ticked.includes(piece.id)} onChange={() => tick(piece.id)} />
              <span>
                <span className="vv-hidden">{labels.said}: </span>
                {piece.number}. {piece.said}
                <small>
                  <span aria-hidden>→ </span>
                  <span className="vv-hidden">{labels.read}: </span>
                  <Said text={piece.read} />
                </small>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <TickButtons
        keep={props.keep_count.replace('$number', ticked.length)}
        isAny={ticked.length > 0}
        onKeep={keep}
        choices={choices}
        onChoose={choose}
      />
    </fieldset>
  );
}
