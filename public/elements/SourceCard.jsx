// One source in the side panel: what it is, how fresh, what it says, and where it stands.
import { useEffect, useRef } from 'react';
import { useSetRecoilState } from 'recoil';
import { sideViewState } from '@chainlit/react-client';

function Fact({ name, value }) {
  if (!value) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

export default function SourceCard() {
  const heading = useRef(null);
  const setSideView = useSetRecoilState(sideViewState);
  const { labels } = props;

  useEffect(() => window.vagvisareAccess.enter(heading.current), []);

  return (
    <article className="vv-source">
      <h2 tabIndex={-1} ref={heading}>
        {props.title}
      </h2>
      <dl>
        <Fact name={labels.system} value={props.system} />
        <Fact name={labels.version} value={props.version} />
        <Fact name={labels.retrieved} value={props.retrieved} />
      </dl>
      <h3>{labels.quote}</h3>
      <blockquote>{props.quote}</blockquote>
      {props.url ? (
        <p>
          <a href={props.url} target="_blank" rel="noopener noreferrer">
            {labels.visit}
            <span className="vv-quiet"> ({labels.new_tab})</span>
          </a>
          <span className="vv-address">{props.url}</span>
        </p>
      ) : null}
      <button type="button" className="vv-button" onClick={() => setSideView(undefined)}>
        {labels.close}
      </button>
    </article>
  );
}
