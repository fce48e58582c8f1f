// Everything that is held about the person, in the side panel, with a button that saves it as a file.
import { useEffect, useRef } from 'react';

function Group({ title, children }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul className="vv-held">{children}</ul>
    </section>
  );
}

export default function MyData() {
  const intro = useRef(null);
  const { held, labels, messages, profile } = props;
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
      {profile.length || messages.length ? null : <p>{labels.empty}</p>}
      {profile.map((group) => (
        <Group key={group.title} title={group.title}>
          {group.rows.map((row, order) => (
            <li key={order}>
              {[row.title, row.detail, ...row.skills].filter(Boolean).join(', ')}
            </li>
          ))}
        </Group>
      ))}
      {messages.length ? (
        <Group title={labels.written}>
          {messages.map((message, order) => (
            <li key={order}>{message}</li>
          ))}
        </Group>
      ) : null}
      <button type="button" className="vv-button" onClick={save}>
        {labels.save}
      </button>
    </article>
  );
}
