import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')

export const exercises: Words['exercises'] = {
  title: 'Übungen',
  lead: 'Sie gehen auch ohne Netz.',
  paced: {
    length: 'Wie lange?',
    minutes: (n) => count(n, 'Minute', 'Minuten'),
    vibrate: 'Das Telefon summt mit dem Atem',
    start: 'Beginnen',
    stop: 'Aufhören',
    once: 'Noch einmal',
    over: 'Das war es. Bleib noch einen Moment, wenn du magst.',
    does: { in: 'Ein', hold: 'Halten', out: 'Aus', rest: 'Ruhen' },
  },
  all: {
    'box-breathing': {
      title: 'Atmen im Viereck',
      kind: 'breathe',
      minutes: 3,
      about:
        'Ein, halten, aus, ruhen: jedes, bis du auf vier gezählt hast, wie die vier Seiten eines Kastens. Wenn dir das Halten nicht guttut, lass es weg.',
      steps: [],
    },
    'four-seven-eight': {
      title: 'Vier, sieben, acht',
      kind: 'breathe',
      minutes: 3,
      about:
        'Vier ein, sieben halten, acht aus. Viele mögen es vor dem Schlafen. Wird dir schwindlig, atme so, wie du immer atmest.',
      steps: [],
    },
    'coherent-breathing': {
      title: 'Langsam und gleichmäßig',
      kind: 'breathe',
      minutes: 5,
      about:
        'Etwa fünfeinhalb Atemzüge in der Minute, ein so lang wie aus. Nichts zu halten, nichts zu zählen.',
      steps: [],
    },
    'five-senses': {
      title: 'Fünf, vier, drei, zwei, eins',
      kind: 'ground',
      minutes: 4,
      about: 'Wenn Gedanken dich davontragen, bringen deine Sinne dich dorthin zurück, wo du bist.',
      steps: [
        { text: 'Schau dich um. Finde fünf Dinge, die du siehst. Sag von jedem, was es ist.' },
        { text: 'Finde vier Dinge, die du spürst: den Boden, deinen Ärmel, die Luft im Gesicht.' },
        { text: 'Horch. Finde drei Geräusche, nahe und ferne.' },
        { text: 'Finde zwei Dinge, die du riechst. Dein Ärmel tut es auch.' },
        { text: 'Finde etwas, das du schmeckst, oder trink einen Schluck Wasser.' },
        { text: 'Sag, wo du bist und welcher Tag heute ist. Du bist hier.' },
      ],
    },
    'muscle-relaxation': {
      title: 'Anspannen und loslassen',
      kind: 'rest',
      minutes: 6,
      about:
        'Du spannst einen Teil deines Körpers an und lässt ihn dann los. Lass weg, was wehtut. Im Liegen oder Sitzen, wie du magst.',
      steps: [
        { text: 'Mach mit beiden Händen Fäuste. Spüre, wie fest sie sind.', seconds: 7 },
        { text: 'Lass los. Lass die Hände liegen und spüre, wie sie schwer werden.', seconds: 20 },
        { text: 'Zieh die Schultern hoch bis zu den Ohren.', seconds: 7 },
        { text: 'Lass sie fallen. Atme langsam aus.', seconds: 20 },
        { text: 'Kneif die Augen zu und press die Lippen aufeinander.', seconds: 7 },
        { text: 'Lass los. Das Gesicht wird glatt, der Kiefer hängt ein wenig.', seconds: 20 },
        { text: 'Mach den Bauch hart, als käme ein Ball.', seconds: 7 },
        { text: 'Lass los. Spüre, wie er sich mit dem Atem hebt und senkt.', seconds: 20 },
        { text: 'Drück die Füße in den Boden und spann die Beine an.', seconds: 7 },
        { text: 'Lass los. Spüre, wie der Boden sie trägt.', seconds: 20 },
        {
          text: 'Geh einmal durch deinen Körper, vom Kopf bis zu den Füßen. Wo es noch fest ist, atme dort aus.',
          seconds: 40,
        },
      ],
    },
    'leaves-on-a-stream': {
      title: 'Blätter auf dem Bach',
      kind: 'think-through',
      minutes: 6,
      about:
        'Gedanken lassen sich nicht anhalten, aber du kannst ihnen beim Vorbeiziehen zusehen. Das ist ein Gang zu einem Bach, in deinem Kopf.',
      steps: [
        { text: 'Setz dich irgendwohin. Schließ die Augen, wenn du magst, oder schau auf einen Punkt.' },
        {
          text: 'Denk an einen Bach. Er fließt nicht schnell. Von den Bäumen fallen Blätter darauf und treiben vorbei.',
        },
        { text: 'Wenn ein Gedanke kommt, leg ihn auf ein Blatt. Jeden, auch einen schönen.', seconds: 60 },
        {
          text: 'Sieh zu, wie das Blatt davontreibt. Du musst es nicht schieben. Bleibt es eine Weile, dann lass es bleiben.',
          seconds: 90,
        },
        {
          text: 'Bist du selbst davongetrieben? Das geht allen so. Komm zurück ans Ufer und nimm das nächste Blatt.',
          seconds: 90,
        },
        {
          text: 'Schau noch einmal auf den Bach. Er fließt ohne dich weiter. Spüre jetzt den Stuhl und komm zurück.',
        },
      ],
    },
    'worry-time': {
      title: 'Sorgenzeit',
      kind: 'think-through',
      minutes: 15,
      about:
        'Sorgen bekommen einen Platz und ein Ende. Kommt eine zu anderer Stunde, kannst du ihr sagen: zur Sorgenzeit. Nicht direkt vor dem Schlafen.',
      steps: [
        {
          text: 'Setz dich dorthin, wo du nicht schläfst. Nimm Papier und Stift oder die Notizen auf dem Telefon.',
        },
        {
          text: 'Schreib auf, was dir Sorgen macht, jede in eine Zeile. Niemand wird es lesen.',
          seconds: 300,
        },
        {
          text: 'Geh die Zeilen durch. Gibt es etwas Kleines, das du tun kannst? Schreib es daneben.',
          seconds: 420,
        },
        { text: 'Wo du jetzt nichts tun kannst, schreib: nicht heute.', seconds: 120 },
        { text: 'Falte das Papier oder schließ die Notiz. Steh auf und mach etwas mit den Händen.' },
      ],
    },
  },
}
