// Skills to tick. Nothing is ticked from the start: the person says what they can, not the page.
import { createElement, useState } from 'react';

const { Said } = window.vagvisareParts(createElement, props);

// What is ticked survives that the page is shown anew, after a lost connection or a reload.
const keptFor = (ids) => window.vagvisare.ticks()[ids] ?? [];

export default function SkillPicker() {
  const { choices, labels, skills } = props;
  const ids = skills.map((skill) => skill.id).join();
  const [ticked, setTicked] = useState(keptFor(ids));
  const [sent, setSent] = useState(false);

  const choose = (id) => {
    setSent(true);
    callAction({ name: 'choose', payload: { choice_id: id } }).catch(() => setSent(false));
  };
  const keep = () => {
    // In the order shown, without the "skill:" in front.
    const kept = skills.filter((skill) => ticked.includes(skill.id)).map((skill) => skill.id.slice(6));
    choose(`skills:keep:${kept.join(',')}`);
  };
  const tick = (id) => {
    const now = ticked.includes(id) ? ticked.filter((each) => each !== id) : [...ticked, id];
    setTicked(now);
    window.vagvisare.keepTicks({ [ids]: now });
  };

  return (
    <fieldset className="vv-skills" disabled={sent}>
      <legend>
        <Said text={labels.skills} />
      </legend>
      <div className="vv-skill-list">
        {skills.map((skill, order) => (
          <label key={skill.id} data-choice={skill.id}>
            <input type="checkbox" checked={ticked.includes(skill.id)} onChange={() => tick(skill.id)} />
            <span>
              {order + 1}. <Said text={skill.label} />
              {skill.explanation ? (
                <small>
                  <Said text={skill.explanation} />
                </small>
              ) : null}
            </span>
          </label>
        ))}
      </div>
      <div className="vv-skill-buttons">
        <button type="button" className="vv-button vv-primary" disabled={!ticked.length} onClick={keep}>
          {props.keep_count.replace('$number', ticked.length)}
        </button>
        {choices.map((choice) => (
          <button
            key={choice.id}
            type="button"
            className="vv-button"
            data-choice={choice.id}
            onClick={() => choose(choice.id)}
          >
            <Said text={choice.label} />
          </button>
        ))}
      </div>
    </fieldset>
  );
}
