export const ui = {
  name: 'Leeward',
  save: 'Save',
  saved: 'Saved',
  close: 'Close',
  done: 'Done',
  undo: 'Undo',
  delete: 'Delete',
  add: 'Add',
  more: 'More…',
  fewer: 'Fewer',
  tryAgain: 'Try again',
  skipToContent: 'Skip to content',
  unknownPage: {
    title: 'There is nothing at this address',
    text: 'It may have a slip in it, or the page has moved. Nothing of yours is gone.',
    home: 'Go to Today',
  },
  notLoaded: {
    title: 'This screen did not load',
    text: 'It needs the network once, then it works offline. What you noted is safe on this phone.',
  },
  /** What to do when the phone's storage says no. What was typed is still on the screen. */
  storage: {
    full: 'This phone has no room left. Remove some photos or apps, then try again.',
    blocked: 'Leeward is open in another tab, in another version. Close that tab, then try again.',
    failed:
      'The browser does not let Leeward keep anything here. Leave private mode, or allow this site to store data, then try again.',
  },
}
