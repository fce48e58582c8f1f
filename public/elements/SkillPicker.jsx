// Skills to tick. Nothing is ticked from the start: the person says what they can, not the page.
import { createElement, useState } from 'react';

const { Said, TickButtons } = window.vagvisareParts(createElement, props);

export default function SkillPicker() {
  const { choices, labels, skills } = props;
  const ids = skills.map((skill) => skill.id).join();
  const { choose, isSent } = window.vagvisareAnswering(useState, callAction);
  const { tick, ticked } = window.vagvisareTicks(useState, ids, []);

  const keep = () => {
    // In the order shown, without the "skill:" in front.
    const kept = skills.filter((skill) => ticked.includes(skill.id)).map((skill) => skill.id.slice(6));
    choose(`skills:keep:${kept.join(',')}`);
  };

  return (
    <fieldset className="vv-skills" disabled={isSent}>
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
