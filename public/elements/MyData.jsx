// Everything that is held about the person, in the side panel, with a button that saves it as a file.
import { useEffect, useRef } from 'react';

const isEmpty = (value) =>
  value === null || value === '' || (typeof value === 'object' && !Object.keys(value).length);

function Held({ value }) {
  if (typeof value !== 'object') return String(value);
  const pairs = Object.entries(value).filter(([, each]) => !isEmpty(each));
  if (Array.isArray(value)) {
    return (
      <ul>
        {pairs.map(([order, each]) => (
          <li key={order}>
            <Held value={each} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <dl>
      {pairs.map(([name, each]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Held value={each} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export default function MyData() {
  const intro = useRef(null);
  const { held, labels } = props;
  useEffect(() => intro.current?.focus(), []);

  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(
      new Blob([JSON.stringify(held, null, 2)], { type: 'application/json' })
    );
    link.download = labels.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  return (
    <article className="vv-source">
      <p tabIndex={-1} ref={intro}>
        {labels.intro}
      </p>
      {isEmpty(held) ? <p>{labels.empty}</p> : <Held value={held} />}
      <button type="button" className="vv-button" onClick={save}>
        {labels.save}
      </button>
    </article>
  );
}
