// Saving the conversation: what that means, for how long, and the link that opens it again.
import { useEffect, useRef, useState } from 'react';

const page = window.vagvisare;

function Link({ labels }) {
  const [copied, setCopied] = useState(false);
  const field = useRef(null);
  const link = `${location.origin}/#resume=${page.secret()}`;
  const mail = `mailto:?subject=${encodeURIComponent(labels.mail_subject)}&body=${encodeURIComponent(
    `${labels.mail_body}\n${link}`
  )}`;
  const copy = () => {
    field.current.select();
    navigator.clipboard
      ?.writeText(link)
      .then(() => setCopied(true))
      .catch(() => undefined);
  };
  return (
    <>
      <label htmlFor="vv-link">{labels.link}</label>
      <input id="vv-link" readOnly value={link} ref={field} onFocus={(event) => event.target.select()} />
      <p>{labels.link_once}</p>
      <div className="vv-save-buttons">
        <button type="button" className="vv-button vv-primary" onClick={copy}>
          {labels.copy}
        </button>
        <a className="vv-button" href={mail}>
          {labels.mail}
        </a>
      </div>
      <p role="status">{copied ? labels.copied : ''}</p>
    </>
  );
}

function Consent({ onSave }) {
  const { days, labels } = props;
  const [chosen, setChosen] = useState(days[1].days);
  return (
    <>
      <p>{labels.what}</p>
      <p>{labels.who}</p>
      <p>{labels.where_not}</p>
      <p>{labels.saved_hint}</p>
      <fieldset className="vv-days">
        <legend>{labels.how_long}</legend>
        {days.map((each) => (
          <label key={each.days}>
            <input
              type="radio"
              name="vv-days"
              checked={chosen === each.days}
              onChange={() => setChosen(each.days)}
            />
            {each.label}
          </label>
        ))}
      </fieldset>
      <button type="button" className="vv-button vv-primary" onClick={() => onSave(chosen)}>
        {labels.agree}
      </button>
    </>
  );
}

export default function Save() {
  const { labels } = props;
  const [saved, setSaved] = useState(props.saved);
  const [told, setTold] = useState('');
  const top = useRef(null);
  useEffect(() => window.vagvisareAccess.enter(top.current), []);

  const act = (name, payload, onDone) =>
    callAction({ name, payload })
      .then(({ response }) => (response ? onDone(response) : setTold(labels.failed)))
      .catch(() => setTold(labels.failed));
  const save = (days) =>
    act('save', { days }, (until) => {
      setSaved(until);
      setTold(until);
    });
  const stop = () =>
    act('unsave', {}, () => {
      setSaved('');
      setTold(labels.stopped);
    });

  return (
    <article className="vv-source" tabIndex={-1} ref={top}>
      <p role="status">{told || saved}</p>
      {saved ? (
        <>
          <Link labels={labels} />
          <button type="button" className="vv-button" onClick={stop}>
            {labels.stop}
          </button>
          <p className="vv-quiet">{labels.saved_hint}</p>
        </>
      ) : (
        <Consent onSave={save} />
      )}
    </article>
  );
}
