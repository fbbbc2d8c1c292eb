// Moves the focus to where the next step is, once it is drawn; else it would be lost with a button
// that is gone.
const PATIENCE = 4000; // milliseconds

let last; // the turn that has been answered

export default function ({ data }) {
    if (!data.to || data.turn === last) return;
    last = data.turn;
    const until = Date.now() + PATIENCE;
    (function look() {
        // What was drawn before may still be there: it is gone once the server has nothing to add.
        const running = document.querySelector('[data-test-script-state="running"]');
        const found = !running && document.querySelector(data.to);
        if (found) found.focus();
        else if (Date.now() < until) setTimeout(look, 30);
    })();
}
