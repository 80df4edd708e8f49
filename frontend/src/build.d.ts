/** Which build of the app this is, set by vite.config.ts: changes whenever anything in it changes. */
declare const __LEEWARD_BUILD__: string

/** A picture as a data: URL, put there by Vite. */
declare module '*.png?inline' {
  const url: string
  export default url
}
