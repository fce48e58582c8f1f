// What the person takes along: a document for people, files for other services, and all of it for later.
import { useEffect, useRef, useState } from 'react';

const { make, save } = window.vagvisareFile;

function Format({ format, languages }) {
  const { labels } = props;
  const [state, setState] = useState({});
  useEffect(() => () => state.url && URL.revokeObjectURL(state.url), [state.url]);

  const takeAlong = async () => {
    if (state.busy) return;
    setState({ busy: true });
    const file = await make(format.id, languages, labels);
    if (file.url) save(file);
    setState(file);
  };
  const helpId = `vv-take-${format.id}`;
  return (
    <li>
      <button
        type="button"
        className="vv-button"
        aria-describedby={helpId}
        aria-disabled={Boolean(state.busy)}
        data-format={format.id}
        onClick={takeAlong}
      >
        {format.name}
      </button>
      <p id={helpId} className="vv-quiet">
        {format.help}
      </p>
      <p role="status" className={state.problem ? 'vv-problem' : ''}>
        {state.busy ? labels.making : (state.problem ?? (state.url ? labels.made : ''))}{' '}
        {state.url ? (
          <a href={state.url} download={state.name}>
            {labels.again} {state.name}
          </a>
        ) : null}
      </p>
    </li>
  );
}

function Languages({ chosen, onChoose }) {
  return (
    <fieldset className="vv-days">
      <legend>{props.labels.language}</legend>
      {props.languages.map((each) => (
        <label key={each.value}>
          <input
            type="radio"
            name="vv-take-language"
            checked={chosen === each.value}
            onChange={() => onChoose(each.value)}
          />
          {each.label}
        </label>
      ))}
    </fieldset>
  );
}

export default function TakeAlong() {
  const { empty, groups, labels } = props;
  const [languages, setLanguages] = useState(props.languages[0].value);
  const top = useRef(null);
  // The panel is still sliding in: to scroll to it now would move the whole page aside.
  useEffect(() => window.vagvisareAccess.enter(top.current, { preventScroll: true }), []);
  return (
    <article className="vv-source vv-take" tabIndex={-1} ref={top}>
      <p>{labels.intro}</p>
      {empty ? <p>{labels.empty}</p> : null}
      <Languages chosen={languages} onChoose={setLanguages} />
      {groups.map((group) => (
        <section key={group.name}>
          <h3>{group.title}</h3>
          <p>{group.help}</p>
          <ul>
            {group.formats.map((format) => (
              // A file in another language than the one chosen is no longer what is asked for.
              <Format key={`${format.id}:${languages}`} format={format} languages={languages} />
            ))}
          </ul>
        </section>
      ))}
    </article>
  );
}
