export const buddies = {
  title: 'Buddies',
  lead: 'You and one person you know, holding a light for each other.',
  list: 'Your buddies',
  calledBy: (me: string) => `calls you ${me}`,
  wrote: (when: string) => `wrote ${when}`,

  /** Said before anybody has a buddy, and before anybody says yes to one. */
  what: {
    peer: {
      title: 'A peer',
      text: 'Somebody you know, who has been through something alike. You are there for each other, and neither is in charge.',
    },
    yours: {
      title: 'You decide what they see',
      text: 'At first that is nothing. You two agree on what each shares, and you can take it back.',
    },
    not: {
      title: 'Not a therapist, not a crisis service',
      text: 'A buddy may be asleep, busy or not well. If things get dangerous, Help now is at the top of every screen.',
    },
    free: {
      title: 'It can end at any time',
      text: 'Either of you can end it at once, without giving a reason.',
    },
  },

  invite: 'Invite somebody you know',
  haveCode: 'I have a code or a link',
  waiting: {
    title: 'An invitation waits for your answer',
    open: 'Open it',
  },

  account: {
    title: 'For this you need an account',
    why: 'What you two share goes from phone to phone by way of the server, and it has to know whom it may give it to. You need no e-mail and no real name.',
    signUp: 'Sign up',
    signIn: 'I have an account',
  },

  again: {
    text: 'You were signed out. Sign in again for this; it waits for you here.',
    signIn: 'Sign in',
  },

  name: {
    title: 'Your name here',
    now: (other: string, me: string) => `${other} knows you as ${me}.`,
    change: 'Change your name here',
    label: (other: string) => `What ${other} calls you`,
    hint: 'Any name you like. Only this buddy sees it.',
    needed: 'A name has 1 to 40 characters. Some emoji, like 🏳️‍🌈, do not work here.',
  },

  parting: {
    title: 'Going separate ways',
    text: 'Both work at once, and nobody is told a reason.',
    end: {
      button: 'End',
      title: (name: string) => `End it with ${name}?`,
      text: (name: string) =>
        `You are gone from each other’s phones, with all that you two shared here. What ${name} has read stays read.`,
      after: (_name: string) => 'If you both want to, you can invite each other again.',
    },
    block: {
      button: 'Block',
      title: (name: string) => `Block ${name}?`,
      text: (name: string) =>
        `It ends at once, with all that you two shared here. What ${name} has read stays read.`,
      after: (name: string) =>
        `From then on no invitation works between you, whoever makes it. ${name} is not told that you did this. It cannot be undone.`,
    },
    offline: (name: string) =>
      `You are not in touch with the server just now. ${name} is gone from this phone at once, and the rest happens when you are online.`,
    signedOut: (name: string) =>
      `You are signed out here. The server hears of it only when you have signed in again; until then nothing changes for ${name}.`,
    keep: 'Go back',
    waits: (name: string) =>
      `It is over with ${name} on this phone. The server hears of it when you are online; until then ${name} still has what you shared.`,
  },
  happened: {
    begun: (name: string) =>
      `You said yes, and ${name} is your buddy. It is shown here as soon as this phone hears of it.`,
    ended: (name: string) => `It is over with ${name}.`,
    blocked: (name: string) => `${name} is blocked.`,
  },
  gone: {
    title: 'You two are not buddies any more',
    text: 'It has ended, and nothing of it is on this phone. That says nothing about you.',
    back: 'To your buddies',
  },
}
