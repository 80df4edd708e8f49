import type { Words } from '../en'

export const buddies: Words['buddies'] = {
  title: 'Buddys',
  lead: 'Du und ein Mensch, den du kennst: Ihr haltet einander ein Licht.',
  list: 'Deine Buddys',
  calledBy: (me) => `nennt dich ${me}`,
  wrote: (when) => `hat geschrieben: ${when}`,

  what: {
    peer: {
      title: 'Von gleich zu gleich',
      text: 'Jemand, den du kennst und der Ähnliches erlebt hat. Ihr seid füreinander da, und niemand bestimmt über den anderen.',
    },
    yours: {
      title: 'Du entscheidest, was zu sehen ist',
      text: 'Am Anfang ist das nichts. Ihr macht aus, was jeder teilt, und du kannst es zurücknehmen.',
    },
    not: {
      title: 'Keine Therapie, kein Krisendienst',
      text: 'Ein Buddy schläft vielleicht gerade, hat zu tun oder es geht ihm selbst nicht gut. Wenn es gefährlich wird: „Hilfe jetzt“ steht oben auf jeder Seite.',
    },
    free: {
      title: 'Es kann jederzeit enden',
      text: 'Ihr könnt es beide sofort beenden, ohne einen Grund zu nennen.',
    },
  },

  invite: 'Jemanden einladen',
  haveCode: 'Ich habe einen Code oder Link',
  waiting: {
    title: 'Eine Einladung wartet auf deine Antwort',
    open: 'Öffnen',
  },

  account: {
    title: 'Dafür brauchst du ein Konto',
    why: 'Was ihr teilt, geht über den Server von Telefon zu Telefon, und er muss wissen, wem er es geben darf. Du brauchst keine E-Mail-Adresse und keinen echten Namen.',
    signUp: 'Konto anlegen',
    signIn: 'Ich habe ein Konto',
  },

  again: {
    text: 'Du wurdest abgemeldet. Melde dich dafür wieder an; hier wartet es auf dich.',
    signIn: 'Anmelden',
  },

  name: {
    title: 'Dein Name hier',
    now: (other, me) => `${other} kennt dich als ${me}.`,
    change: 'Deinen Namen hier ändern',
    label: (other) => `Wie ${other} dich nennt`,
    hint: 'Ein Name, wie du magst. Nur dieser Buddy sieht ihn.',
    needed: 'Ein Name hat 1 bis 40 Zeichen. Manche Emojis, wie 🏳️‍🌈, gehen hier nicht.',
  },

  parting: {
    title: 'Getrennte Wege gehen',
    text: 'Beides wirkt sofort, und niemand erfährt einen Grund.',
    end: {
      button: 'Beenden',
      title: (name) => `Mit ${name} beenden?`,
      text: (name) =>
        `Ihr verschwindet von beiden Telefonen, mit allem, was ihr hier geteilt habt. Was ${name} gelesen hat, bleibt gelesen.`,
      after: () => 'Wenn ihr beide wollt, könnt ihr euch wieder einladen.',
    },
    block: {
      button: 'Blockieren',
      title: (name) => `${name} blockieren?`,
      text: (name) =>
        `Es endet sofort, mit allem, was ihr hier geteilt habt. Was ${name} gelesen hat, bleibt gelesen.`,
      after: (name) =>
        `Danach gilt zwischen euch keine Einladung mehr, wer auch immer sie macht. ${name} erfährt nicht, dass du das warst. Es lässt sich nicht zurücknehmen.`,
    },
    offline: (name) =>
      `Der Server ist gerade nicht zu erreichen. ${name} verschwindet sofort von diesem Telefon, und der Rest geschieht, wenn du online bist.`,
    signedOut: (name) =>
      `Du bist hier abgemeldet. Der Server erfährt es erst, wenn du dich wieder anmeldest; bis dahin ändert sich für ${name} nichts.`,
    keep: 'Zurück',
    waits: (name) =>
      `Mit ${name} ist es auf diesem Telefon vorbei. Der Server erfährt es, wenn du online bist; bis dahin hat ${name} noch, was du geteilt hast.`,
  },
  happened: {
    begun: (name) =>
      `Du hast Ja gesagt, und ${name} ist dein Buddy. Hier steht es, sobald dieses Telefon davon hört.`,
    ended: (name) => `Mit ${name} ist es vorbei.`,
    blocked: (name) => `${name} ist blockiert.`,
  },
  gone: {
    title: 'Ihr seid keine Buddys mehr',
    text: 'Es ist zu Ende, und nichts davon ist auf diesem Telefon. Das sagt nichts über dich.',
    back: 'Zu deinen Buddys',
  },
}
