// Sends what is being typed to the server at every pause, where Streamlit would wait until the box is
// left. Each kind of box has a key that makes it commit and leaves the caret where it is.
const PAUSE = 900; // milliseconds without a key
const LONGEST = 1800; // for somebody who types without a pause
const AGAIN = 4000; // until words that the store did not take are sent again

const SHORTCUTS = new Set(['KeyA', 'KeyB', 'KeyN', 'KeyS']); // of Write and Review

const BOXES = '.stTextArea textarea, .stTextInput input, .stDateInput [role="spinbutton"]';

const waiting = new Map(); // the boxes with words not yet sent: since when, and the timer
let composing = false; // an input method is choosing a character: the words are not its author's yet
let again; // the timer of the next attempt, after a failure

function ours(at) {
    const box = at instanceof HTMLElement && at.closest(BOXES);
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
    // What has been left has sent its words, and a key pressed there would shut what is open elsewhere.
    if (box.matches('textarea, input') && document.activeElement !== box) return;
    if (box.tagName === 'TEXTAREA') press(box, 'Enter', 13, true);
    else if (box.tagName === 'INPUT') press(box, 'Enter', 13, false);
    else if (whole(box.closest('.stDateInput'))) sendDate(box.closest('.stDateInput'));
}

// A date is taken when its calendar is closed or, where that is not open, when it is left.
function sendDate(date) {
    const at = document.activeElement;
    if (!date.contains(at)) return; // it has been left
    if (document.querySelector('[data-testid="stDateInputCalendar"]')) {
        press(at, 'Escape', 27, false);
    } else {
        at.blur();
        at.focus();
    }
}

// Half a date would be wiped out.
function whole(date) {
    const parts = [...date.querySelectorAll('[role="spinbutton"]')];
    const year = parts.find(part => part.dataset.type === 'year');
    return year?.ariaValueNow >= 1900 && !parts.some(part => 'placeholder' in part.dataset);
}

function press(box, key, keyCode, ctrlKey) {
    for (const kind of ['keydown', 'keyup']) { // one left down would be part of the next shortcut
        box.dispatchEvent(new KeyboardEvent(kind, {
            key, code: key, keyCode, ctrlKey, bubbles: true, cancelable: true,
        }));
    }
}

function sendAll() {
    for (const box of [...waiting.keys()]) send(box);
}

document.addEventListener('input', typed, true);
document.addEventListener('compositionstart', () => { composing = true; }, true);
document.addEventListener('compositionend', event => { composing = false; typed(event); }, true);
document.addEventListener('keydown', event => {
    if (!event.isTrusted) return;
    // A button's own key is pressed without leaving the box: the words must be there before it.
    if (event.ctrlKey || event.metaKey || event.altKey) sendAll();
    else if (event.target.role === 'spinbutton') typed(event); // a part of a date has no input event
}, true);
// A key held down is one press: what it leads to has to be read before it is pressed again.
addEventListener('keydown', event => {
    const { altKey, ctrlKey, metaKey } = event;
    if (!event.repeat || !(altKey || ctrlKey || metaKey) || !SHORTCUTS.has(event.code)) return;
    event.stopImmediatePropagation();
    if (!altKey) event.preventDefault(); // the browser has its own Ctrl+S
}, true);
addEventListener('pagehide', sendAll);
document.addEventListener('visibilitychange', () => { if (document.hidden) sendAll(); });

export default function ({ data, setTriggerValue }) {
    clearTimeout(again);
    if (data.failed) again = setTimeout(() => setTriggerValue('again', data.failed), AGAIN);
    return () => clearTimeout(again);
}
