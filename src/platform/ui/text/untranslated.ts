/** For what a translating browser must leave as it is. Preact's types want a boolean here, of which it renders nothing. */
export const untranslated = { translate: 'no' } as unknown as { translate: boolean }
