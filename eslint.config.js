import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import { defineConfig } from 'eslint/config'
import ts from 'typescript-eslint'

import svelteConfig from './frontend/svelte.config.js'

export default defineConfig(
  {
    ignores: [
      '**/node_modules/',
      '**/.svelte-check/',
      '.venv/',
      'app/',
      'data/',
      'data-demo/',
      'dist/',
      'build/',
      'frontend/src/api/schema.d.ts',
      'tests/',
    ],
  },
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', 'prettier.config.js'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      // A promise that nobody waits for says so with `void`.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers read well in templates: `${count} waiting`.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // () => leave() says enough where the answer is void.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Records and types both have their place.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // `let { a } = $props()` is how Svelte 5 declares them; the plugin's own rule knows it.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // The Content Security Policy drops what would be written inline; {@html} would need a policy of its own.
      'svelte/no-at-html-tags': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message: 'The Content Security Policy drops style="…": use a class, or the style: directive.',
        },
      ],
      'svelte/button-has-type': 'error',
    },
  },
  {
    // Node's side: the build and its scripts.
    files: ['**/*.config.{js,ts}', 'frontend/vite/**', 'frontend/scripts/**', '**/*.test.ts'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.js'], ...ts.configs.disableTypeChecked },
)
