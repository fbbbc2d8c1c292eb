// Sends what is being typed to the server at every pause, where Streamlit would wait until the box is
// left. Each kind of box has a key that makes it commit and leaves the caret where it is.
const PAUSE = 900; // milliseconds without a key
const LONGEST = 1800; // for somebody who types without a pause
const AGAIN = 4000; // until words that the store did not take are sent again
const BUSY = 5000; // as long as a shortcut waits for a browser that never comes to rest

const TYPED = 'textarea, input, [role="spinbutton"]';
const BOXES = '.stTextArea textarea, .stTextInput input, .stDateInput';

const waiting = new Map(); // the boxes with words not yet sent: since when, and the timer
let composing = false; // an input method is choosing a character: the words are not its author's yet
let again; // the timer of the next attempt, after a failure

function ours(at) {
    const box = at instanceof HTMLElement && at.matches(TYPED) && at.closest(BOXES);
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
    // What has been left has sent its words, and a key pressed there would shut what is open elsewhere.
    if (!box.contains(document.activeElement)) return;
    if (box.tagName === 'TEXTAREA') press(box, { key: 'Enter', ctrlKey: true });
    else if (box.tagName === 'INPUT') press(box, { key: 'Enter' });
    else if (whole(box)) sendDate(document.activeElement);
}

// A date is taken when its calendar is closed or, where that is not open, when it is left.
function sendDate(at) {
    if (document.querySelector('[data-testid="stDateInputCalendar"]')) {
        press(at, { key: 'Escape' });
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

function press(at, keys) {
    for (const kind of ['keydown', 'keyup']) { // one left down would be part of the next shortcut
        at.dispatchEvent(new KeyboardEvent(kind, { ...keys, bubbles: true, cancelable: true }));
    }
}

function sendAll() {
    for (const box of [...waiting.keys()]) send(box);
}

// The name of the button that has these keys: Streamlit says so beside its label, 'Shortcut Alt + S'.
// Nothing where none has.
function named({ code, altKey, ctrlKey, metaKey }) {
    const held = altKey ? /Alt|⌥/ : /Ctrl|⌘/;
    const label = altKey !== (ctrlKey || metaKey)
        && [...document.querySelectorAll('[aria-label^="Shortcut "]')].find(
            ({ ariaLabel }) => held.test(ariaLabel) && ariaLabel.endsWith(code.replace('Key', '+ ')),
        );
    return label ? label.closest('[class*="st-key-"]')?.className.match(/st-key-\S+/)[0] ?? label.ariaLabel : '';
}

const atRest = window.requestIdleCallback
    ? done => requestIdleCallback(done, { timeout: BUSY })
    : done => setTimeout(done, 100);

document.addEventListener('input', typed, true);
document.addEventListener('compositionstart', () => { composing = true; }, true);
document.addEventListener('compositionend', event => { composing = false; typed(event); }, true);
addEventListener('keydown', event => {
    const { key, code, altKey, ctrlKey, metaKey } = event;
    if (!event.isTrusted) return;
    if (!(altKey || ctrlKey || metaKey)) {
        if (event.target.role === 'spinbutton') typed(event); // a part of a date has no input event
        return;
    }
    // A button's own keys are pressed without leaving the box: the words must be there before them. A
    // date is sent a moment after it is taken, so the keys wait until nothing is left to be done.
    sendAll();
    const button = named(event);
    if (!button) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    // Keys held down are one press: what it leads to has to be read before they are pressed again.
    if (event.repeat) return;
    // And what was drawn meanwhile has not been read: the keys are for the button that was there.
    atRest(() => {
        const keys = { key, code, altKey, ctrlKey, metaKey };
        if (named(keys) === button) press(document.activeElement, keys);
    });
}, true);
addEventListener('pagehide', sendAll);
document.addEventListener('visibilitychange', () => { if (document.hidden) sendAll(); });

export default function ({ data, setTriggerValue }) {
    clearTimeout(again);
    if (data.failed) again = setTimeout(() => setTriggerValue('again', data.failed), AGAIN);
    return () => clearTimeout(again);
}
