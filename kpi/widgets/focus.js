// Moves the focus to where the next step is, once it is drawn; else it would be lost with a button
// that is gone.
const PATIENCE = 4000; // milliseconds

let last; // the turn that has been answered

export default function ({ data }) {
    if (!data.to || data.turn === last) return;
    last = data.turn;
    const until = Date.now() + PATIENCE;
    (function look() {
        // What was drawn before may still be there: it is gone once the server has nothing to add. And
        // a box that the browser has yet to fetch would be passed over by whoever types on at once.
        const drawing = document.querySelector(
            '[data-test-script-state="running"], [data-testid="stSkeleton"]',
        );
        const found = !drawing && document.querySelector(data.to);
        if (found) found.focus();
        else if (Date.now() < until) setTimeout(look, 30);
    })();
}
