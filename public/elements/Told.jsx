// The text of an answer, as far as it stands above the cards: in both languages when that is wished for, read
// aloud, and with its hard words explained.
import { createElement, useEffect, useRef, useState } from 'react';

const { Lines } = window.vagvisareParts(createElement, props);
const access = window.vagvisareAccess;

function ReadAloud() {
  const button = useRef(null);
  const [reading, setReading] = useState(false);
  const [missing, setMissing] = useState([]);
  const { labels } = props;
  if (!window.speechSynthesis) return null;

  const read = () => {
    if (reading) return access.stop();
    setMissing([]);
    setReading(true);
    access.read(access.pieces(button.current.closest('.message-content')), {
      onEnd: () => setReading(false),
      onMissing: (language) => setMissing((before) => [...before, language])
    });
  };
  return (
    <p className="vv-aloud">
      <button type="button" className="vv-small-button" ref={button} onClick={read}>
        {reading ? labels.stop : labels.read}
      </button>
      <span role="status">{missing.map((language) => labels[`no_voice_${language}`]).join(' ')}</span>
    </p>
  );
}

export default function Told() {
  const root = useRef(null);
  useEffect(() => {
    access.addWords(props.words ?? [], props.labels);
    // What was said keeps its language when the page goes on in the other one.
    root.current.closest('.step').lang = props.language;
  }, []);
  return (
    <div ref={root}>
      {props.pairs ? (
        <div className="vv-told">
          <Lines text={props.text} known={props.known} />
        </div>
      ) : null}
      {props.note ? <p className="vv-quiet">{props.note}</p> : null}
      <ReadAloud />
    </div>
  );
}
