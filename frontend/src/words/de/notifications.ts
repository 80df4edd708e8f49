import type { NotificationWords } from '../notifications'

export const notifications: NotificationWords = {
  name: 'Leeward',
  something: 'Vielleicht gibt es etwas Neues für dich.',
  alreadyDone: 'Schon notiert.',
  off: 'Diese Erinnerung ist aus.',
  moved: 'Deine Uhr hat sich umgestellt. Deine Erinnerungen richten sich ab jetzt nach ihr.',
  actions: { better: 'Besser', 'not-so-good': 'Nicht so gut' },
  saved: 'Auf diesem Telefon gespeichert. Tippe, um mehr dazu zu schreiben.',
  notSaved: 'Das ließ sich nicht speichern. Tippe, um Leeward zu öffnen.',
  /** Answers to a buddy who asks for company. */
  asked: { can: 'Ich kann', cant: 'Heute nicht', later: 'Heute später' },
  answerSaved: 'Deine Antwort ist gespeichert. Sie geht raus, sobald dieses Telefon online ist.',
}
