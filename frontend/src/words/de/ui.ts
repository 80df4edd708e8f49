import type { Words } from '../en'

export const ui: Words['ui'] = {
  name: 'Leeward',
  save: 'Speichern',
  saved: 'Gespeichert',
  close: 'Schließen',
  done: 'Fertig',
  undo: 'Rückgängig',
  delete: 'Löschen',
  add: 'Hinzufügen',
  more: 'Mehr …',
  fewer: 'Weniger',
  tryAgain: 'Noch einmal versuchen',
  skipToContent: 'Zum Inhalt springen',
  unknownPage: {
    title: 'Unter dieser Adresse ist nichts',
    text: 'Vielleicht ist ein Tippfehler darin, oder die Seite ist umgezogen. Von dir ist nichts verloren.',
    home: 'Zu Heute',
  },
  notLoaded: {
    title: 'Diese Seite ließ sich nicht laden',
    text: 'Sie braucht einmal das Netz, danach geht sie auch ohne. Was du notiert hast, ist sicher auf diesem Telefon.',
  },
  storage: {
    full: 'Auf diesem Telefon ist kein Platz mehr. Lösche ein paar Fotos oder Apps und versuch es dann noch einmal.',
    blocked:
      'Leeward ist in einem anderen Tab offen, in einer anderen Version. Schließe den Tab und versuch es dann noch einmal.',
    failed:
      'Der Browser lässt Leeward hier nichts ablegen. Verlasse den privaten Modus oder erlaube dieser Seite, Daten zu speichern, und versuch es dann noch einmal.',
  },
}
