import { plurals } from '../grammar'
import type { Words } from '../en'

const count = plurals('de')

export const reports: Words['reports'] = {
  pageTitle: 'Melden',
  title: (name) => `${name} melden`,
  lead: (name) => `Das bleibt zwischen dir und denen, die diesen Server betreiben. ${name} erfährt es nicht.`,
  danger: 'Ist jemand gerade in Gefahr? Dafür ist eine Meldung zu langsam.',
  help: 'Hilfsnummern',
  about: 'Worum geht es?',
  worried: (name) => `Ich sorge mich um ${name}`,
  rules: 'Etwas, das nicht in Ordnung ist',
  chooseAbout: 'Wähle eins von beiden.',
  worriedMeans: (name) =>
    `Das sagt nichts gegen ${name}. Wer es liest, weiß vielleicht, was noch möglich ist.`,
  which: 'Was ist nicht in Ordnung?',
  chooseWhich: 'Wähle, was am besten passt.',
  categories: {
    worried: 'Sorge um jemanden',
    harassing: 'Lässt mich nicht in Ruhe oder macht mich klein',
    threat: 'Droht mir oder jemand anderem',
    sexual: 'Etwas Sexuelles, das ich nicht wollte',
    hateful: 'Hass gegen Menschen, weil sie sind, wie sie sind',
    scam: 'Will Geld oder gibt sich für jemand anderen aus',
    minor: 'Ist vielleicht unter 18',
    other: 'Etwas anderes',
  },
  rows: {
    title: (name) => `Was ${name} geschrieben hat`,
    hint: 'Wähle, was gelesen werden darf. Der Server kopiert nur das, auch wenn es danach gelöscht wird.',
    more: (n) => `${n} weitere zeigen`,
    none: (name) => `Von ${name} ist nichts auf diesem Telefon.`,
    deleted: (name) => `Auch, was ${name} hier geschrieben und gelöscht hat`,
    gone: (name) => `Was ${name} mir geschrieben hat`,
    deletedHint: 'Der Server behält solche Nachrichten 14 Tage, nur damit man sie melden kann.',
  },
  row: {
    kinds: {
      message: 'Nachricht',
      signal: 'Zeichen',
      shared_check_in: 'Geteilter Check-in',
      hello: 'Worte für einen ausgebliebenen Check-in',
    },
    checkedIn: 'Hat eingecheckt',
    signal: 'Ein Zeichen',
  },
  text: 'In deinen Worten',
  textHint: 'Wenn du magst. Was ist passiert, und was würde dir helfen?',
  textTooLong: (most) => `Das ist länger, als hineinpasst (${most} Zeichen).`,
  tooManyRows: (most) => `Wähle höchstens ${most} davon.`,
  then: {
    label: (name) => `Und du und ${name}?`,
    no: { buddy: 'Es bleibt, wie es ist', former: 'Es bleibt beendet' },
    end: (name) => `Mit ${name} beenden`,
    block: (name) => `${name} blockieren: Keine Einladung zwischen euch gilt mehr`,
  },
  what: {
    title: 'Was dann geschieht',
    asking: 'Der Server wird gefragt, wer Meldungen liest …',
    unknown:
      'Der Server ist gerade nicht zu erreichen und kann nicht sagen, wer Meldungen liest. Du kannst trotzdem senden: Sie geht ab, wenn du online bist, und dann siehst du es.',
    readBy: (who) => `Gelesen wird sie von: ${who}.`,
    nobody: 'Für diesen Server ist niemand genannt, der Meldungen liest. Vielleicht bleibt sie ungelesen.',
    instead:
      'Warte also nicht darauf: beende oder blockiere, sag es jemandem, dem du vertraust, und heb auf, was du brauchst. Drohungen nimmt die Polizei ernst.',
    secret: (name) =>
      `${name} erfährt von Leeward nichts davon, und du wirst nicht genannt. Aus dem, was daraufhin geschieht, kann ${name} es vielleicht erraten.`,
    copied: 'Was du ausgewählt hast, wird kopiert, wie es jetzt auf dem Server steht, mit deinen Worten.',
    answered: 'In „Ich“, unter „Deine Meldungen“, siehst du, dass sie angekommen ist und was daraus wurde.',
    notHelp: 'Schnelle Hilfe bringt sie nicht, und nachts ist vielleicht niemand da.',
  },
  send: 'Diese Meldung senden',
  discard: 'Verwerfen',
  sent: {
    waits: 'Deine Meldung ist sicher auf diesem Telefon und geht an den Server, sobald du online bist.',
    there: 'Deine Meldung ist angekommen.',
    refused:
      'Der Server hat deine Meldung nicht angenommen. Sie liegt noch auf diesem Telefon; sieh nach, warum.',
    end: (name) => `Im selben Moment endet es mit ${name}.`,
    block: (name) => `Im selben Moment ist ${name} blockiert.`,
    worried: {
      title: (name) => `Für ${name}, außerdem`,
      text: (name) =>
        `Du kannst ${name} fragen, wie es geht, und auch, ob da der Gedanke ist, das Leben zu beenden: Fragen macht es nicht schlimmer. Du kannst selbst eine Hilfsnummer anrufen und fragen, was zu tun ist. Du musst das nicht allein tragen.`,
    },
  },
  list: {
    title: 'Deine Meldungen',
    about: 'Was aus ihnen wurde',
    lead: 'Das siehst nur du.',
    none: 'Du hast niemanden gemeldet.',
    waits: 'Wartet aufs Senden',
    sentAt: (when) => `Gesendet ${when}`,
    received: 'Sie ist angekommen.',
    readBy: (who) => `Gelesen wird sie von: ${who}.`,
    nobody:
      'Für diesen Server ist niemand genannt, der Meldungen liest. Vielleicht bleibt sie ungelesen: warte nicht darauf.',
    answer: 'Geschrieben wurde dazu',
    kept: (n) => `${count(n, 'Eintrag', 'Einträge')} dazu kopiert`,
  },
  outcomes: {
    'no-rule-broken': 'Sie wurde gelesen. Es fand sich nichts, was gegen die Regeln ist.',
    'spoken-with': 'Sie wurde gelesen, und jemand hat mit der Person gesprochen.',
    acted: 'Sie wurde gelesen, und es wurde etwas unternommen.',
    'passed-on': 'Sie wurde gelesen und an jemanden weitergegeben, der helfen kann.',
    'cannot-help':
      'Sie wurde gelesen. Von hier aus lässt sich nichts tun; unter „Hilfe jetzt“ findest du andere.',
    other: 'Sie wurde gelesen und abgeschlossen.',
  },
  part: {
    title: 'Stimmt etwas nicht?',
    text: (name) =>
      `Du kannst es melden, wenn etwas nicht in Ordnung ist oder wenn du dich um ${name} sorgst. ${name} erfährt es nicht.`,
    button: 'Melden',
  },
  former: {
    row: 'Einen früheren Buddy melden',
    title: 'Kein Buddy mehr',
    lead: 'Bis 14 Tage nach dem Ende kannst du jemanden noch melden.',
    list: 'Wer bis vor Kurzem ein Buddy war',
    until: (when) => `beendet ${when}`,
    asking: 'Der Server wird gefragt …',
    needsNetwork:
      'Dafür wird der Server gefragt, und er hat nicht geantwortet. Versuch es, wenn du online bist.',
    none: 'Da ist niemand: In den letzten 14 Tagen hat nichts geendet.',
  },
  gone: {
    title: 'Hier ist niemand zu melden',
    asking: 'Kein Buddy mehr',
    text: 'Es hat vor mehr als 14 Tagen geendet oder war nie deins. Wenn dir jemand Angst macht, sind „Hilfe jetzt“ und die Polizei da.',
  },
}
