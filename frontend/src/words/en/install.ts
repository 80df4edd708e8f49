export const install = {
  title: 'Put Leeward on your home screen',
  why: 'It then opens like any app, and the browser is less likely to erase what is here.',
  button: 'Install',
  installed: 'Leeward runs from the home screen.',
  steps: {
    'ios-share': [
      'Tap Share, the square with the arrow.',
      'Choose “Add to Home Screen”.',
      'Open Leeward from there.',
    ],
    'firefox-menu': ['Tap the menu with the three dots.', 'Choose “Add app to Home screen”.'],
    'mac-dock': ['Open the menu “File”.', 'Choose “Add to Dock”.'],
  },
  /** iPhone and iPad keep the browser and the home screen apart: what was written before stays behind. */
  iosApart:
    'On this phone, the home screen does not see what the browser has kept. Sign up first, then sign in there: that brings your check-ins along.',
  none: 'If your browser’s menu has “Install” or “Add to Home screen”, Leeward can be put there.',
}
