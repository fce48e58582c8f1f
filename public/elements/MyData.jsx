// Everything that is held about the person, in the side panel: to be changed, struck, saved and read in.
import { useEffect, useRef, useState } from 'react';

const files = window.vagvisareFile;

// Escape leaves the form or the question, not the panel that it stands in.
const onEscape = (leave) => (event) => {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  leave();
};

function Field({ field, id }) {
  if (field.options.length) {
    return (
      <select id={id} name={field.name} defaultValue={field.value}>
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  const number = field.type === 'number' ? { min: 0, max: 70, step: 'any' } : { maxLength: 120 };
  return <input id={id} name={field.name} type={field.type} defaultValue={field.value} {...number} />;
}

// Only what was changed is sent, so that a field left alone stays as it was.
function changesOf(form, fields) {
  const changes = {};
  for (const field of fields) {
    const value = form.elements[field.name].value.trim();
    if (value === field.value) continue;
    if (field.type === 'number') changes[field.name] = value === '' ? null : Number(value);
    else changes[field.name] = field.options.length && value === '' ? null : value;
  }
  return changes;
}

function EditForm({ item, labels, onSave, onCancel }) {
  const form = useRef(null);
  useEffect(() => form.current?.elements[0]?.focus(), []);
  return (
    <form
      ref={form}
      className="vv-data-form"
      onKeyDown={onEscape(onCancel)}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(changesOf(event.target, item.fields));
      }}
    >
      {item.fields.map((field) => {
        const id = `vv-${item.id}-${field.name}`;
        return (
          <div key={field.name}>
            <label htmlFor={id}>{field.label}</label>
            <Field field={field} id={id} />
          </div>
        );
      })}
      <button type="submit">{labels.save_change}</button>
      <button type="button" onClick={onCancel}>
        {labels.cancel}
      </button>
    </form>
  );
}

function Ask({ name, labels, onYes, onNo }) {
  const no = useRef(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <div
      role="group"
      aria-label={`${labels.strike_ask} ${name}`}
      className="vv-data-ask"
      onKeyDown={onEscape(onNo)}
    >
      <span>{labels.strike_ask}</span>
      <button type="button" onClick={onYes}>
        {labels.strike_yes}
      </button>
      <button type="button" ref={no} onClick={onNo}>
        {labels.strike_no}
      </button>
    </div>
  );
}

function Problem({ text }) {
  return (
    <p className="vv-problem" role="alert">
      {text}
    </p>
  );
}

function Row({ row, labels, onStrike, onEdit }) {
  const [open, setOpen] = useState('');
  const [failed, setFailed] = useState(false);
  const strike = useRef(null);
  const edit = useRef(null);
  const close = () => {
    const back = open === 'edit' ? edit : strike;
    setOpen('');
    requestAnimationFrame(() => back.current?.focus());
  };
  // What was done shows the panel anew; what was not stays open, to be tried again.
  const attempt = async (done) => {
    setFailed(false);
    setFailed(!(await done));
  };
  const fields = row.fields || [];
  return (
    <li>
      <span>{[row.text, row.detail].filter(Boolean).join(', ')}</span>
      <span className="vv-data-origin">{row.origin}</span>
      {open === 'strike' && (
        <Ask name={row.text} labels={labels} onYes={() => attempt(onStrike(row))} onNo={close} />
      )}
      {open === 'edit' && (
        <EditForm
          item={row}
          labels={labels}
          onCancel={close}
          onSave={(changes) => attempt(onEdit(row, changes))}
        />
      )}
      {failed && <Problem text={labels.failed} />}
      {open === '' && (
        <span className="vv-data-buttons">
          {fields.length > 0 && (
            <button
              type="button"
              ref={edit}
              aria-label={`${labels.edit}: ${row.text}`}
              onClick={() => setOpen('edit')}
            >
              {labels.edit}
            </button>
          )}
          <button
            type="button"
            ref={strike}
            data-strike
            aria-label={`${labels.strike}: ${row.text}`}
            onClick={() => setOpen('strike')}
          >
            {labels.strike}
          </button>
        </span>
      )}
    </li>
  );
}

function Group({ title, help, rows, ...rest }) {
  return (
    <section>
      <h3>{title}</h3>
      {help ? <p>{help}</p> : null}
      <ul className="vv-held">
        {rows.map((row) => (
          <Row key={row.id} row={row} {...rest} />
        ))}
      </ul>
    </section>
  );
}

export default function MyData() {
  const { at, groups, labels, largest, messages, said } = props;
  const [status, setStatus] = useState('');
  const [problem, setProblem] = useState('');
  const panel = useRef(null);
  const intro = useRef(null);

  // After a change the panel is shown anew: the focus goes to the row that has taken the place of the
  // one that is gone, and what was done is written after that, for it to be read out.
  useEffect(() => {
    const rows = [...panel.current.querySelectorAll('li')];
    const row = at < 0 ? null : rows[Math.min(at, rows.length - 1)];
    window.vagvisareAccess.enter(row?.querySelector('button') || intro.current);
    const later = setTimeout(() => setStatus(said || ''), 300);
    return () => clearTimeout(later);
  }, []);

  // Whether the panel is shown anew, with what was done; else nothing was.
  const ask = (name, payload) => window.vagvisareAnswered(callAction({ name, payload }));
  const act = (name, payload) => {
    const rows = [...panel.current.querySelectorAll('li')];
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    return ask(name, { ...payload, at: here });
  };

  const save = async () => {
    setProblem('');
    const file = await files.make('json', '', { failed: labels.failed, lost: labels.failed });
    if (file.problem) return setProblem(file.problem);
    files.save(file);
    return setTimeout(() => URL.revokeObjectURL(file.url), 1000);
  };

  const readIn = async (file) => {
    setProblem('');
    if (file.size > largest) return setProblem(labels.import_failed);
    const isRead = await ask('import_data', { text: await file.text(), at: -1 });
    return isRead || setProblem(labels.failed);
  };
  const take = ({ target }) => {
    const [file] = target.files;
    if (file) readIn(file);
    target.value = '';
  };

  return (
    <article className="vv-source vv-data" ref={panel}>
      <p tabIndex={-1} ref={intro}>
        {labels.intro}
      </p>
      <p role="status">{status}</p>
      {groups.length || messages.length ? null : <p>{labels.empty}</p>}
      {groups.map((group) => (
        <Group
          key={group.title}
          title={group.title}
          rows={group.items}
          labels={labels}
          onStrike={(row) => act('strike_item', { id: row.id })}
          onEdit={(row, changes) => act('edit_item', { id: row.id, changes })}
        />
      ))}
      {messages.length ? (
        <Group
          title={labels.written}
          help={labels.messages_help}
          rows={messages}
          labels={labels}
          onStrike={(row) => act('strike_message', { id: row.id })}
        />
      ) : null}
      <button type="button" className="vv-button" onClick={save}>
        {labels.save}
      </button>
      <label className="vv-data-import">
        {labels.import}
        <input type="file" accept=".json,application/json" onChange={take} />
      </label>
      {problem ? <Problem text={problem} /> : null}
      <p>{labels.import_help}</p>
    </article>
  );
}
