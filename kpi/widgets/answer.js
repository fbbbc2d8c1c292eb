// Tells the server which promise is to be answered, when a button of the list is pressed.
let tell;

document.addEventListener('click', event => {
    const button = event.target instanceof Element && event.target.closest('button[data-promise]');
    if (button && tell) tell(Number(button.dataset.promise));
});

export default function ({ setTriggerValue }) {
    tell = promise => setTriggerValue('asked', promise);
    return () => { tell = undefined; };
}
