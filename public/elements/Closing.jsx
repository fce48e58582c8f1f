// What an answer says after its cards, most often the next question.
import { createElement } from 'react';

const { Lines } = window.vagvisareParts(createElement, props);

export default function Closing() {
  return (
    <div className="vv-closing">
      <Lines text={props.text} known={props.known} />
    </div>
  );
}
