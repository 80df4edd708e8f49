/**
 * Quick exit: the screen is empty before the next page is there, and that page is the browser's own empty one: no
 * request, no name of ours in the address bar, and this screen's place in the history is taken by it.
 * Back still works as always: it goes to what was open before.
 */
export function leaveAtOnce(): void {
  document.title = ''
  document.body.hidden = true
  window.location.replace('about:blank')
}
