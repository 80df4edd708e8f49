import type { Words } from '../en'

export const door: Words['door'] = {
  title: 'Willkommen bei Leeward',
  lead: 'Lee: die Seite, die vor dem Wind geschützt ist.',
  is: {
    private: {
      title: 'Ein Ort für dich',
      text: 'Ein Tippen hält das Wetter in dir fest. Was du schreibst, bleibt auf diesem Telefon: Nichts davon liegt irgendwo sonst, außer du legst später ein Konto an.',
    },
    peer: {
      title: 'Von gleich zu gleich, keine Therapie',
      text: 'Leeward ist für Menschen gemacht, die auf sich und aufeinander achten. Es stellt keine Diagnosen und behandelt nicht.',
    },
    crisis: {
      title: 'Kein Krisendienst',
      text: 'Niemand achtet darauf, was du schreibst. Wenn es gefährlich wird: „Hilfe jetzt“ steht oben auf jeder Seite, auch ohne Netz.',
    },
  },
  comeIn: 'Hereinkommen',
}
