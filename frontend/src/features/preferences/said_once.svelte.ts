/** What has just ended well and is said on the next screen, once. */

export type SaidOnce = 'signed-out' | 'deleted'

let standing = $state.raw<SaidOnce | null>(null)

export function sayOnce(what: SaidOnce): void {
  standing = what
}

export const saidOnce = (): SaidOnce | null => standing

export function saidIt(): void {
  standing = null
}
