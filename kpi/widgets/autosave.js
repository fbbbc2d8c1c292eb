// Sends what is being typed to the server at every pause, where Streamlit would wait until the box is
// left: by Ctrl+Enter in a text area and Enter in a line, which commit without moving the caret.
const PAUSE = 900; // milliseconds without a key
const LONGEST = 1800; // for somebody who types without a pause
const AGAIN = 4000; // until words that the store did not take are sent again

const waiting = new Map(); // the boxes with words not yet sent: since when, and the timer
let composing = false; // an input method is choosing a character: the words are not its author's yet
let again; // the timer of the next attempt, after a failure

function ours(at) {
    const box = at instanceof HTMLElement && at.closest('.stTextArea textarea, .stTextInput input');
    return box && box.closest('[class*="st-key-autosaved"]') ? box : null;
}

function typed(event) {
    const box = ours(event.target);
    if (!box) return;
    const { since = Date.now(), timer } = waiting.get(box) ?? {};
    clearTimeout(timer);
    const left = Math.min(PAUSE, since + LONGEST - Date.now());
    waiting.set(box, { since, timer: setTimeout(send, Math.max(left, 0), box) });
}

function send(box) {
    if (composing || !waiting.has(box)) return;
    clearTimeout(waiting.get(box).timer);
    waiting.delete(box);
    if (!box.isConnected) return;
    const ctrlKey = box.tagName === 'TEXTAREA';
    for (const kind of ['keydown', 'keyup']) { // one left down would be part of the next shortcut
        box.dispatchEvent(new KeyboardEvent(kind, {
            key: 'Enter', code: 'Enter', keyCode: 13, ctrlKey, bubbles: true, cancelable: true,
        }));
    }
}

function sendAll() {
    for (const box of [...waiting.keys()]) send(box);
}

document.addEventListener('input', typed, true);
document.addEventListener('compositionstart', () => { composing = true; }, true);
document.addEventListener('compositionend', event => { composing = false; typed(event); }, true);
// A button's own key is pressed without leaving the box: the words must be there before it.
document.addEventListener('keydown', event => {
    if (event.isTrusted && (event.ctrlKey || event.metaKey || event.altKey)) sendAll();
}, true);
addEventListener('pagehide', sendAll);
document.addEventListener('visibilitychange', () => { if (document.hidden) sendAll(); });

export default function ({ data, setTriggerValue }) {
    clearTimeout(again);
    if (data.failed) again = setTimeout(() => setTriggerValue('again', data.failed), AGAIN);
    return () => clearTimeout(again);
}
