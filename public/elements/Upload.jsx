// Handing over a CV: chosen or dropped, sent with its progress, read, and cancelled at any time. The file goes
// to the server alone, which keeps no copy; the answer then stands in the conversation.
import { useEffect, useRef, useState } from 'react';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '@/components/ui/dialog';

const page = window.vagvisare;
// Chainlit rebuilds elements whenever a turn starts or ends; what must survive that is kept here.
const state = (page.upload ||= { isOpen: false, stage: 'idle', percent: 0, problem: '', file: null, request: null });

const change = (changes) => {
  Object.assign(state, changes);
  dispatchEvent(new Event('vagvisare-upload'));
};

const fail = (problem, stage = 'failed') => change({ stage, problem, request: null });

const check = (file) => {
  const { endings, labels, largest } = props;
  if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending))) return labels.kind;
  return file.size > largest ? labels.large : '';
};

// The events of the turn that a file leads to; an error among them is told in the dialog.
const errorIn = (events) =>
  events
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => JSON.parse(line.slice(5)))
    .find((event) => event.type === 'error')?.message;

const done = (request) => {
  const { labels } = props;
  if (request.status === 200) {
    const problem = errorIn(request.responseText);
    if (problem) return fail(problem);
    change({ isOpen: false, stage: 'idle', file: null, request: null });
    return page.refresh();
  }
  let told = {};
  try {
    told = JSON.parse(request.responseText);
  } catch {
    // Whatever stands between the page and the server may answer in its own way.
  }
  return fail(told.message ?? labels.failed, told.reason === 'same_file' ? 'same' : 'failed');
};

const send = (file, again = false) => {
  const problem = check(file);
  if (problem) return change({ isOpen: true, stage: 'failed', problem, file: null });
  if (!page.secret()) {
    // The page has only just opened, and is told in a moment which conversation it has.
    addEventListener('vagvisare', () => state.file === file && send(file, again), { once: true });
    return change({ isOpen: true, stage: 'sending', percent: 0, problem: '', file });
  }
  const request = new XMLHttpRequest();
  request.open('POST', `/api/v1/conversations/${page.secret()}/files${again ? '?again=true' : ''}`);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('Accept-Language', props.language);
  request.upload.onprogress = ({ loaded, total }) => change({ percent: Math.round((100 * loaded) / total) });
  request.upload.onload = () => change({ stage: 'reading' });
  request.onload = () => done(request);
  request.onerror = () => fail(props.labels.lost);
  change({ isOpen: true, stage: 'sending', percent: 0, problem: '', file, request });
  return request.send(file);
};

// The server stops reading and answering when nobody listens any more.
const cancel = () => {
  const { request } = state;
  change({ stage: 'idle', file: null, request: null });
  request?.abort();
};

const close = () => {
  cancel();
  change({ isOpen: false, problem: '' });
};

// A file that is dropped anywhere on the page; the browser would open it in place of the page.
function useDropping() {
  useEffect(() => {
    const holdsFile = (event) => event.dataTransfer?.types.includes('Files');
    const over = (event) => holdsFile(event) && event.preventDefault();
    const drop = (event) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file && !state.request) send(file);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, []);
}

function Chooser() {
  const { endings, labels } = props;
  const field = useRef(null);
  return (
    <>
      <input
        ref={field}
        id="vv-file"
        type="file"
        hidden
        accept={endings.join(',')}
        onChange={(event) => event.target.files[0] && send(event.target.files[0])}
      />
      <button type="button" className="vv-button vv-primary" onClick={() => field.current.click()}>
        {labels.choose}
      </button>
      <p className="vv-quiet vv-drop">{labels.drop}</p>
    </>
  );
}

function Progress() {
  const { labels } = props;
  const isSending = state.stage === 'sending';
  const says = isSending ? labels.sending.replace('$percent', state.percent) : labels.reading;
  return (
    <>
      <label htmlFor="vv-upload-progress">{says}</label>
      <span role="status" className="vv-hidden">
        {isSending ? '' : labels.reading}
      </span>
      <progress id="vv-upload-progress" max="100" value={isSending ? state.percent : undefined} />
      <button type="button" className="vv-button" onClick={cancel}>
        {labels.cancel}
      </button>
    </>
  );
}

export default function Upload() {
  const { labels } = props;
  const [, redraw] = useState(0);
  useDropping();
  useEffect(() => {
    const update = () => redraw((count) => count + 1);
    // The bar at the top offers it too.
    const open = () => change({ isOpen: true });
    addEventListener('vagvisare-upload', update);
    addEventListener('vagvisare-hand-over', open);
    return () => {
      removeEventListener('vagvisare-upload', update);
      removeEventListener('vagvisare-hand-over', open);
    };
  }, []);
  const isBusy = state.stage === 'sending' || state.stage === 'reading';

  return (
    <div className="vv-upload">
      <button type="button" id="vv-upload" className="vv-button" onClick={() => change({ isOpen: true })}>
        {labels.open}
      </button>
      <Dialog open={state.isOpen} onOpenChange={(isOpen) => !isOpen && close()}>
        <DialogContent className="vv-dialog vv-upload-dialog" onCloseAutoFocus={window.vagvisareAccess.backToOpener}>
          <DialogHeader>
            <DialogTitle>{labels.title}</DialogTitle>
            <DialogDescription>{labels.body}</DialogDescription>
          </DialogHeader>
          {state.problem && !isBusy ? (
            <p className="vv-problem" role="alert">
              {state.problem}
            </p>
          ) : null}
          {state.stage === 'same' && state.file ? (
            <button type="button" className="vv-button" onClick={() => send(state.file, true)}>
              {labels.again}
            </button>
          ) : null}
          {isBusy ? <Progress /> : <Chooser />}
        </DialogContent>
      </Dialog>
    </div>
  );
}
