import type { Words } from '../en'
import { plurals } from '../grammar'

const answers = plurals('de')

export const stewards: Words['stewards'] = {
  row: { title: 'Betreuung', about: 'Wie es diesem Server geht' },
  title: 'Dieser Server',
  loading: 'Der Server wird gefragt …',
  needsNetwork:
    'Diese Seite fragt den Server, und er hat nicht geantwortet. Versuch es wieder, wenn du online bist.',
  onlyStewards: 'Diese Seite ist für Mitglieder, die diesen Server betreuen. Du gehörst nicht dazu.',
  nobody: 'Diese Seite ist für Mitglieder, die diesen Server betreuen. Hier ist niemand angemeldet.',
  signIn: 'Anmelden',
  saysMore: 'sagt mehr.',
  lookAgain: 'Noch einmal nachsehen',
  lookedAt: (time) => `So war es um ${time}.`,

  pushes: {
    goOut: 'Pushes gehen hinaus',
    goOutMeans: 'Jeder Push-Dienst, der gefragt wurde, nimmt an, was dieser Server sendet.',
    nothingYet: 'Noch kein Push wurde beantwortet',
    nothingYetMeans:
      'Ob Pushes hinausgehen, zeigt sich, wenn der erste gesendet wird: eine Erinnerung oder ein Test.',
    refused: (host, since) => `Der Push-Dienst ${host} lehnt die Pushes dieses Servers ab: seit ${since}`,
    tell: 'Erinnerungen erreichen Telefone nicht, die ihn benutzen. Sag es den Leuten, die diesen Server betreiben:',
    command: 'leeward push status',
    list: 'Was Push-Dienste in den letzten 30 Tagen geantwortet haben',
    accepted: (n, when) => `${answers(n, 'angenommen', 'angenommen')}, zuletzt am ${when}`,
    noneAccepted: 'Keiner angenommen',
    refusals: (n, when) => `${answers(n, 'abgelehnt', 'abgelehnt')}, zuletzt am ${when}`,
  },

  worker: {
    title: 'Um Erinnerungen und Pushes kümmert sich der Server',
    text: 'Erinnerungen werden geweckt und Pushes zugestellt: Beides war in den letzten zwei Minuten zu sehen.',
    nobodyWakes: 'Niemand weckt Erinnerungen',
    nobodyDelivers: 'Niemand stellt Pushes zu',
    neither: 'Niemand weckt Erinnerungen oder stellt Pushes zu',
    nobodyMeans:
      'Zwei Minuten lang war davon nichts zu sehen, also kommen keine Erinnerungen. Startet der Server gerade? Sonst sag es den Leuten, die ihn betreiben:',
    command: 'leeward doctor',
  },
}
