// The bar at the top: steps, profile, language, and the person's own data. It is an element of the first
// message and fixed to the top of the window, so that it is at hand however far the conversation goes.
import { useEffect, useState } from 'react';
import { useSetRecoilState } from 'recoil';
import { configState, useChatInteract } from '@chainlit/react-client';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle
} from '@/components/ui/dialog';

// Chainlit rebuilds elements whenever a turn starts or ends; what must survive that is kept here.
const kept = (window.vagvisare ||= { profileOpen: false, focus: '' });

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

const takeAlong = () => callAction({ name: 'show_take_along', payload: {} });

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
      <div className="vv-own-data">
        <button type="button" onClick={() => callAction({ name: 'show_data', payload: {} })}>
          {labels.show}
        </button>
        <button type="button" onClick={() => callAction({ name: 'show_save', payload: {} })}>
          {labels.save}
        </button>
        <button type="button" className="vv-narrow" onClick={takeAlong}>
          {labels.take}
        </button>
        <button type="button" onClick={onForget}>
          {labels.forget}
        </button>
      </div>
    </>
  );
}

function ForgetDialog({ open, onClose }) {
  const { clear } = useChatInteract();
  const { labels } = props;
  const forget = async () => {
    onClose();
    await callAction({ name: 'forget', payload: {} });
    clear();
  };
  return (
    <Dialog open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="vv-dialog">
        <DialogHeader>
          <DialogTitle>{labels.forget_title}</DialogTitle>
          <DialogDescription>{labels.forget_body}</DialogDescription>
        </DialogHeader>
        <DialogFooter className="vv-dialog-buttons">
          <button type="button" className="vv-button" onClick={onClose}>
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

// Chainlit's icon buttons and its text field have no names that a screen reader could say.
function useNames() {
  useEffect(() => {
    const { labels } = props;
    const names = [
      ['#chat-input', labels.message],
      ['#chat-submit', labels.send],
      ['#stop-button', labels.stop],
      ['#new-chat-button', labels.new],
      ['#theme-toggle', labels.theme],
      ['#side-view-title button', labels.back],
      ['.ai-message button:has(svg.lucide-copy)', labels.copy],
      ['#root button:has(> svg.lucide-arrow-down)', labels.down]
    ];
    const give = () => {
      for (const [selector, name] of names) {
        for (const found of document.querySelectorAll(selector)) {
          if (found.getAttribute('aria-label') !== name) found.setAttribute('aria-label', name);
        }
      }
    };
    give();
    const observer = new MutationObserver(give);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
}

// Chainlit measures an answer before its elements are there, and then offers to scroll to empty room below.
function useNewMeasure() {
  useEffect(() => {
    const measure = () => {
      window.dispatchEvent(new Event('resize'));
      document.querySelector('.overflow-y-auto:has(> * .ai-message)')?.dispatchEvent(new Event('scroll'));
    };
    const timers = [300, 1200].map((delay) => setTimeout(measure, delay));
    return () => timers.forEach(clearTimeout);
  }, []);
}

export default function Overview() {
  const [profileOpen, setProfileOpen] = useState(kept.profileOpen);
  const [asking, setAsking] = useState(false);
  const { labels, other_language: other } = props;
  useBrowserLanguage();
  useNames();
  useNewMeasure();
  useEffect(() => {
    if (kept.focus && document.activeElement === document.body) {
      document.getElementById(kept.focus)?.focus();
    }
    kept.focus = '';
  }, []);

  const showProfile = (open) => {
    kept.profileOpen = open;
    setProfileOpen(open);
  };
  const switchLanguage = () => {
    kept.focus = 'vv-language';
    callAction({ name: 'language', payload: { language: other.id } });
  };
  const onKeyDown = (event) => {
    if (event.key === 'Escape' && profileOpen) {
      showProfile(false);
      document.getElementById('vv-profile-toggle')?.focus();
    }
  };
  const rows = props.profile.reduce((sum, group) => sum + group.rows.length, 0);

  return (
    <div className="vv-overview" role="region" aria-label={labels.bar} onKeyDown={onKeyDown}>
      <div className="vv-bar">
        <PhaseProgress />
        <button
          type="button"
          id="vv-profile-toggle"
          className="vv-bar-button"
          aria-expanded={profileOpen}
          aria-controls="vv-profile"
          onClick={() => showProfile(!profileOpen)}
        >
          {labels.title}
          {rows ? <span className="vv-count">{rows}</span> : null}
        </button>
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
      </div>
      <section id="vv-profile" className="vv-profile" data-open={profileOpen} aria-label={labels.title}>
        <ProfileCard onForget={() => setAsking(true)} />
      </section>
      <ForgetDialog open={asking} onClose={() => setAsking(false)} />
    </div>
  );
}
