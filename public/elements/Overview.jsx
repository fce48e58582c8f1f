// The bar at the top: steps, profile, language, and a menu with all else. It is an element of the first
// message and fixed to the top of the window, so that it is at hand however far the conversation goes.
import { useEffect, useState } from 'react';
import { useRecoilState, useSetRecoilState } from 'recoil';
import { configState, sideViewState, useChatData, useChatInteract } from '@chainlit/react-client';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle
} from '@/components/ui/dialog';

// Chainlit rebuilds elements whenever a turn starts or ends; what must survive that is kept here.
const kept = (window.vagvisare ||= {});
const access = window.vagvisareAccess;

function PhaseProgress() {
  return (
    <div className="vv-progress">
      <span className="vv-phase-line vv-wide">{props.phase_line}</span>
      <span className="vv-phase-line vv-narrow">{props.phase_short}</span>
      <ol aria-label={props.labels.steps}>
        {props.phases.map((phase, order) => (
          <li
            key={phase.name}
            className={order < props.phase ? 'done' : order === props.phase ? 'here' : ''}
            aria-current={order === props.phase ? 'step' : undefined}
            title={`${phase.name}: ${phase.state}`}
          >
            <span className="vv-hidden">
              {phase.name}: {phase.state}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function ProfileRow({ row }) {
  return (
    <li>
      <span className="vv-row-title">{row.title}</span>
      {row.detail ? <span className="vv-row-detail">{row.detail}</span> : null}
      {row.skills.length ? (
        <ul className="vv-chips">
          {row.skills.map((skill) => (
            <li key={skill}>{skill}</li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

// Until when the conversation is saved, which is told without the element being made anew.
function useSaved() {
  const [saved, setSaved] = useState(kept.saved);
  useEffect(() => {
    const update = () => setSaved(kept.saved);
    addEventListener('vagvisare', update);
    return () => removeEventListener('vagvisare', update);
  }, []);
  return saved;
}

const show = (name) => () => callAction({ name, payload: {} });
const takeAlong = show('show_take_along');

function ProfileCard({ onForget }) {
  const { labels, profile } = props;
  const saved = useSaved();
  return (
    <>
      <h2>{labels.title}</h2>
      {profile.length ? null : <p className="vv-quiet">{labels.empty}</p>}
      {profile.map((group) => (
        <div key={group.title} className="vv-profile-group">
          <h3>{group.title}</h3>
          <ul>
            {group.rows.map((row, order) => (
              <ProfileRow key={order} row={row} />
            ))}
          </ul>
        </div>
      ))}
      {saved ? <p className="vv-quiet">{saved}</p> : null}
      <OwnData onForget={onForget} />
    </>
  );
}

function OwnData({ onForget }) {
  const { labels } = props;
  const buttons = [
    ['data', labels.show, show('show_data')],
    ['upload', labels.upload, () => dispatchEvent(new Event('vagvisare-hand-over'))],
    ['save', labels.save, show('show_save')],
    ['take', labels.take, takeAlong],
    ['forget', labels.forget, onForget]
  ];
  return (
    <div className="vv-own-data">
      {buttons.map(([name, label, act]) => (
        <button key={name} type="button" data-own={name} onClick={act}>
          {label}
        </button>
      ))}
    </div>
  );
}

function Switch({ id, label, isOn, onSwitch }) {
  return (
    <button type="button" id={id} className="vv-switch" role="switch" aria-checked={isOn} onClick={onSwitch}>
      {label}
    </button>
  );
}

function Menu({ onForget }) {
  const { labels } = props;
  const switchBoth = () => {
    kept.focus = 'vv-both';
    callAction({ name: 'two_languages', payload: { wanted: !props.both } });
  };
  const switchLevel = () => {
    kept.focus = 'vv-simple';
    callAction({ name: 'level', payload: { level: props.simple ? 'normal' : 'simple' } });
  };
  return (
    <>
      <Switch id="vv-simple" label={labels.simple} isOn={props.simple} onSwitch={switchLevel} />
      <Switch id="vv-both" label={labels.both} isOn={props.both} onSwitch={switchBoth} />
      <OwnData onForget={onForget} />
    </>
  );
}

function ForgetDialog({ open, onClose }) {
  const { clear } = useChatInteract();
  const { labels } = props;
  const [failed, setFailed] = useState(false);
  const close = () => {
    setFailed(false);
    onClose();
  };
  const forget = async () => {
    setFailed(false);
    const isForgotten = await window.vagvisareAnswered(callAction({ name: 'forget', payload: {} }));
    if (!isForgotten) return setFailed(true);
    close();
    return clear();
  };
  return (
    <Dialog open={open} onOpenChange={(isOpen) => !isOpen && close()}>
      <DialogContent className="vv-dialog" onCloseAutoFocus={access.backToOpener}>
        <DialogHeader>
          <DialogTitle>{labels.forget_title}</DialogTitle>
          <DialogDescription>{labels.forget_body}</DialogDescription>
        </DialogHeader>
        {failed ? (
          <p className="vv-problem" role="alert">
            {labels.forget_failed}
          </p>
        ) : null}
        <DialogFooter className="vv-dialog-buttons">
          <button type="button" className="vv-button" onClick={close}>
            {labels.forget_no}
          </button>
          <button type="button" className="vv-button vv-primary" onClick={forget}>
            {labels.forget_yes}
          </button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

// The language of the page and of Chainlit's own texts follows the conversation.
function useBrowserLanguage() {
  const setConfig = useSetRecoilState(configState);
  useEffect(() => {
    document.documentElement.lang = props.language;
    const wanted = props.browser_language;
    if (navigator.language === wanted) return;
    Object.defineProperty(navigator, 'language', { configurable: true, get: () => wanted });
    apiClient
      .get(`/project/settings?language=${wanted}`)
      .then((response) => response.json())
      .then(setConfig)
      .catch(() => undefined);
  }, []);
}

// What Chainlit leaves without a name gets one, and a screen reader hears of a turn: that it has begun, and
// the answer.
function useAccess() {
  const { loading } = useChatData();
  useEffect(() => access.name(props.labels), []);
  useEffect(() => access.measureAnew(), []);
  useEffect(() => access.turn(loading, props.labels.working), [loading]);
}

// Escape closes the side panel, and the focus goes back to where it was opened from.
function useSidePanel() {
  const [panel, setPanel] = useRecoilState(sideViewState);
  useEffect(() => {
    const { isPanelOpen } = kept;
    kept.isPanelOpen = Boolean(panel);
    if (!panel) {
      if (isPanelOpen && !kept.keepsPanel) access.backToOpener();
      return undefined;
    }
    const onKeyDown = (event) => event.key === 'Escape' && setPanel(undefined);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [panel]);
}

function Toggle({ name, open, onToggle, children }) {
  return (
    <button
      type="button"
      id={`vv-${name}-toggle`}
      className="vv-bar-button"
      aria-expanded={open === name}
      aria-controls={`vv-${name}`}
      onClick={() => onToggle(name)}
    >
      {children}
    </button>
  );
}

export default function Overview() {
  const [open, setOpen] = useState(kept.open ?? '');
  const [asking, setAsking] = useState(false);
  const { labels, other_language: other } = props;
  useBrowserLanguage();
  useAccess();
  useSidePanel();
  useEffect(() => {
    if (kept.focus && document.activeElement === document.body) {
      document.getElementById(kept.focus)?.focus();
    }
    kept.focus = '';
  }, []);

  const toggle = (name) => {
    kept.open = open === name ? '' : name;
    setOpen(kept.open);
  };
  const switchLanguage = () => {
    kept.focus = 'vv-language';
    callAction({ name: 'language', payload: { language: other.id } });
  };
  const onKeyDown = (event) => {
    // A dialog of this element lies elsewhere on the page, but its keys come here too.
    if (event.key === 'Escape' && open && event.currentTarget.contains(event.target)) {
      toggle(open);
      document.getElementById(`vv-${open}-toggle`)?.focus();
    }
  };
  const rows = props.profile.reduce((sum, group) => sum + group.rows.length, 0);

  return (
    <div className="vv-overview" role="region" aria-label={labels.bar} onKeyDown={onKeyDown}>
      <div className="vv-bar">
        <PhaseProgress />
        <Toggle name="profile" open={open} onToggle={toggle}>
          {labels.title}
          {rows ? <span className="vv-count">{rows}</span> : null}
        </Toggle>
        <button type="button" className="vv-bar-button vv-wide" onClick={takeAlong}>
          {labels.take}
        </button>
        <button
          type="button"
          id="vv-language"
          className="vv-bar-button"
          lang={other.id}
          title={other.label}
          onClick={switchLanguage}
        >
          {other.name}
        </button>
        <Toggle name="menu" open={open} onToggle={toggle}>
          {labels.more}
        </Toggle>
      </div>
      <section id="vv-menu" className="vv-profile vv-menu" data-open={open === 'menu'} aria-label={labels.menu}>
        <Menu onForget={() => setAsking(true)} />
      </section>
      <section id="vv-profile" className="vv-profile" data-open={open === 'profile'} aria-label={labels.title}>
        <ProfileCard onForget={() => setAsking(true)} />
      </section>
      <h2 className="vv-hidden">{labels.conversation}</h2>
      <ForgetDialog open={asking} onClose={() => setAsking(false)} />
    </div>
  );
}
