import type { ManifestOptions } from 'vite-plugin-pwa'

/** What the phone's home screen shows. The colours are the light paper and the sea of tokens.css. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Leeward',
  short_name: 'Leeward',
  description: 'Say how the weather is in you, see what has helped before, and have one trusted buddy.',
  lang: 'en',
  dir: 'ltr',
  start_url: '/?source=home-screen',
  scope: '/',
  display: 'standalone',
  background_color: '#F7F5F0',
  theme_color: '#F7F5F0',
  categories: ['health', 'lifestyle'],
  icons: [
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  shortcuts: [
    {
      name: 'Check in',
      url: '/?source=shortcut',
      icons: [{ src: '/icons/shortcut-check-in-96.png', sizes: '96x96', type: 'image/png' }],
    },
  ],
}
