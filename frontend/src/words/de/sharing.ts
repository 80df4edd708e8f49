import type { Words } from '../en'
import type { Level } from '../../features/buddies/levels'

const levels: Record<Level, string> = {
  nothing: 'nichts',
  'checked-in': 'dass du einen Check-in gemacht hast',
  weather: 'das Wetter',
  feelings: 'das Wetter und deine Gefühle',
  note: 'das Wetter, deine Gefühle und deine Worte',
}

const theirs: Record<Level, string> = {
  nothing: 'nichts',
  'checked-in': 'nur, dass es einen Check-in gab',
  weather: 'das Wetter',
  feelings: 'das Wetter und die Gefühle',
  note: 'das Wetter, die Gefühle und die Worte dazu',
}

/** "dass …" stands after a comma. */
const shown = (level: Level): string => (level === 'checked-in' ? `, ${levels[level]}` : ` ${levels[level]}`)

const willSee = (names: string, many: boolean, level: Level): string => {
  const verb = many ? 'werden' : 'wird'
  if (level === 'nothing') return `${names} ${verb} nichts davon sehen.`
  return level === 'checked-in'
    ? `${names} ${verb} sehen, ${levels[level]}.`
    : `${names} ${verb} ${levels[level]} sehen.`
}

export const sharing: Words['sharing'] = {
  youShare: (level) => `Du teilst${shown(level)}.`,
  otherShares: (name, level) => `${name} teilt ${theirs[level]}.`,
  choose: {
    nothing: 'Nichts',
    'checked-in': 'Nur, dass ich einen Check-in gemacht habe',
    weather: 'Das Wetter',
    feelings: 'Das Wetter und meine Gefühle',
    note: 'Das Wetter, meine Gefühle und meine Worte',
  },
  readStaysRead: (name) => `Was ${name} gelesen hat, bleibt gelesen.`,

  agreement: {
    title: (name) => `Deine Abmachung mit ${name}`,
    part: 'Eure Abmachung',
    open: 'Abmachung öffnen',
    write: 'Eine Abmachung schreiben',
    none: 'Ihr habt noch nichts abgemacht.',
    noneMeans: 'Bis ihr beide Ja gesagt habt, wird nichts geteilt. Es sind fünf kurze Fragen.',
    holds: 'Was jetzt gilt',
    until: 'Bis dahin gilt',
    change: 'Ändern',
    lessAtOnce: 'Weniger teilen gilt sofort. Alles andere gilt, wenn ihr beide Ja gesagt habt.',

    youAround: (when) => `Du bist ${when} da.`,
    otherAround: (name, when) => `${name} ist ${when} da, nach der Uhr dort.`,
    youAroundUnsaid: 'Du hast nicht gesagt, wann du da bist.',
    otherAroundUnsaid: (name) => `${name} hat keine Zeiten genannt.`,
    everyDay: 'jeden Tag',
    between: (from, to) => `von ${from} bis ${to}`,
    youNotOnCall: 'Du bist nicht auf Abruf: Du antwortest, wenn du kannst.',
    otherNotOnCall: (name) => `${name} ist nicht auf Abruf und antwortet, wenn es geht.`,
    worried: (text) => `Wenn sich einer von uns sorgt: „${text}“`,
    worriedUnsaid: 'Für Sorgen ist nichts ausgemacht.',
    review: (day) => `Ihr seht sie euch am ${day} wieder an.`,
    reviewUnsaid: 'Es ist kein Tag ausgemacht, um sie wieder anzusehen.',
    before: (text) => `Jetzt: ${text}`,

    proposedByYou: 'Das hast du vorgeschlagen',
    waitsForYes: (name) => `Es gilt, wenn ${name} Ja sagt.`,
    waitsHere: 'Es ist auf diesem Telefon und wird gesendet, sobald du online bist.',
    edit: 'Vorschlag ändern',
    takeBack: 'Zurücknehmen',
    takenBack: 'Du hast es zurückgenommen.',

    proposedByOther: (name) => `${name} schlägt das vor`,
    youShareNothingYet: 'Um selbst etwas zu teilen, antworte mit deinem Teil.',
    yes: 'Ja sagen',
    answer: 'Mit meinem Teil antworten',
    no: 'Nein, so nicht',
    saidYes: 'Du hast Ja gesagt.',
    saidNo: 'Das ist vom Tisch. Was vorher galt, gilt weiter.',
    yesWaits: 'Du hast Ja gesagt. Es gilt, sobald der Server davon weiß.',

    crossed: 'Ihr habt beide im gleichen Moment etwas vorgeschlagen',
    crossedMeans: (name) =>
      `${name} war einen Moment früher, deshalb liegt dieser Vorschlag auf dem Tisch. Deiner ist hier aufgehoben:`,
    crossedGone: (name) =>
      `${name} war einen Moment früher. Dieser Vorschlag ist jetzt vom Tisch. Deiner ist hier aufgehoben:`,
    answerWithMine: 'Mit meinem antworten',
    letMineGo: 'Meinen verwerfen',
    mineGone: 'Deiner ist weg.',
    tooLate: (name) =>
      `Als dein Ja ankam, lag dieser Vorschlag von ${name} nicht mehr auf dem Tisch. Sieh dir an, was jetzt gilt.`,
    allRight: 'In Ordnung',

    step: (number, of) => `Frage ${number} von ${of}`,
    next: 'Weiter',
    back: 'Zurück',
    draftBack: 'Was du angefangen hattest, ist wieder da.',
    discard: 'Neu anfangen',
    share: {
      title: (name) => `Was teilst du mit ${name}?`,
      lead: 'Von jedem Check-in, sobald du ihn nicht mehr zurücknehmen kannst. Du kannst es für einen einzelnen ändern, und später für alle.',
      label: 'Ich teile',
      less: (name) =>
        `Das ist weniger als jetzt. Es gilt sofort, und ${name} verliert auch, was bisher darüber hinausging.`,
      more: (name) =>
        `Das ist mehr als jetzt. Es gilt, wenn ${name} Ja gesagt hat, und nur für Check-ins danach.`,
    },
    around: {
      title: 'Wann bist du da?',
      lead: 'Lass es weg, wenn du magst. Es ist ein Hinweis, kein Versprechen.',
      days: 'Tage',
      from: 'Von',
      to: 'Bis',
      both: 'Gib beide Zeiten an oder keine.',
      notOnCall: 'Ich bin nicht auf Abruf',
      notOnCallHint: 'Ich antworte, wenn ich kann, und niemand rechnet mit mehr.',
    },
    worry: {
      title: 'Und wenn sich einer von euch sorgt?',
      lead: (name) => `Was du und ${name} dann tut, in deinen Worten. Lass es weg, wenn du magst.`,
      label: 'Was wir tun',
      hint: 'Zum Beispiel: erst schreiben, dann anrufen. Nach einem Tag ohne Antwort meine Schwester anrufen.',
      tooLong: (most) => `Das ist länger, als hineinpasst (${most} Zeichen).`,
      not: 'Ein Buddy ist kein Krisendienst. Wenn es gefährlich wird: „Hilfe jetzt“ steht oben auf jeder Seite.',
    },
    again: {
      title: 'Wann seht ihr sie euch wieder an?',
      lead: 'Dinge ändern sich. An dem Tag werdet ihr beide gefragt, ob sie noch passt.',
      label: 'Wieder ansehen',
      never: 'Kein Tag',
      month: 'In einem Monat',
      quarter: 'In drei Monaten',
      half: 'In einem halben Jahr',
      own: 'An einem Tag, den ich wähle',
      day: 'Tag',
      past: 'Wähle einen Tag, der noch kommt.',
    },
    check: {
      title: 'Stimmt das so?',
      propose: (name) => `${name} vorschlagen`,
      answer: (name) => `An ${name} senden`,
      lessNow: 'Ab jetzt weniger teilen',
      asIs: 'So lassen',
      counts: (name) => `Es gilt, wenn ${name} Ja sagt.`,
      lessCounts: 'Weniger teilen gilt sofort.',
      meanwhile: (name) => `${name} hat inzwischen etwas Neues vorgeschlagen. Deins antwortet darauf.`,
      sent: (name) => `${name} findet es in Leeward auf eurer Seite.`,
      narrowed: 'Du teilst ab jetzt weniger.',
    },
  },

  checkIn: {
    title: 'Wer das sieht',
    will: willSee,
    sees: (names, many, level) => {
      const verb = many ? 'sehen' : 'sieht'
      return level === 'nothing' ? `${names} ${verb} nichts davon.` : `${names} ${verb}${shown(level)}.`
    },
    waits: (names, level) =>
      level === 'nothing'
        ? `${names}: zurückgenommen, sobald der Server davon weiß.`
        : `${names}: ${levels[level]}, sobald du online bist.`,
    change: 'Ändern',
    changeLabel: 'Ändern, wer das sieht',
    dialog: 'Wer sieht das?',
    most: 'Du kannst so viel wählen, wie ihr abgemacht habt.',
    onlyThis: 'Das gilt nur für dieses eine Mal.',
    follows: 'Was du hier änderst oder löschst, ändert sich auch dort.',
    unshare: 'Nicht mehr teilen',
    unshareWith: (name) => `Nicht mehr mit ${name} teilen`,
    unshared: (name) => `${name} verliert es, sobald das Telefon wieder Verbindung hat.`,
    share: 'Teilen',
    you: 'Du',
    also: 'Wer diesen Server betreibt, könnte es dort lesen.',
  },

  sees: {
    title: (name) => `Was ${name} gerade sieht`,
    link: (name) => `Was ${name} gerade sieht`,
    lead: (name) => `Genau das, was der Server dem Telefon von ${name} von deinen Check-ins gibt.`,
    asOf: (when) => `So hat es der Server zuletzt gesagt: ${when}.`,
    empty: (name) => `${name} sieht nichts von deinen Check-ins.`,
    list: 'Deine Check-ins dort',
    waiting: 'Noch nicht dort',
    waitingMeans: 'Das ist nur auf diesem Telefon. Es ändert, was oben steht, sobald du online bist.',
    after: 'Sobald du es nicht mehr zurücknehmen kannst',
    unshare: 'Nicht mehr teilen',
    unshareWhich: (which) => `Nicht mehr teilen: ${which}`,
    goes: 'Wird zurückgenommen, sobald du online bist.',
    hello: (name) => `Die Worte, die ${name} um ein Hallo baten`,
    changeHello: 'Ändern oder zurücknehmen',
    beside: (name) =>
      `Was du und ${name} einander geschrieben habt, und eure Abmachung, ist auf beiden Telefonen, so wie du es auf deinem siehst.`,
    will: { share: 'Wird gezeigt', edit: 'Geändert', delete: 'Wird zurückgenommen' },
  },

  theirs: {
    title: (name) => `Was ${name} teilt`,
    nothing: (name) => `${name} hat noch nichts geteilt.`,
    checkedIn: 'Ein Check-in',
    more: 'Mehr zeigen',
    today: 'Von deinen Buddys',
    who: (name, what) => `${name}: ${what}`,
  },
}
