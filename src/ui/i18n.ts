import i18next from 'i18next'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'

export type Language = 'zh' | 'en'
type Texts = Record<string, string>
/** English may add `key_one` for the singular of a `count`; Chinese needs none. */
type English<T extends Texts> = { [K in keyof T]: string } & { [K in `${keyof T & string}_one`]?: string }
export type Words<T extends Texts = Texts> = { area: string; zh: T; en: English<T> }
export type Say<T extends Texts> = (key: keyof T & string, values?: Record<string, unknown>) => string

const i18n = i18next.createInstance()
i18n.use(initReactI18next).init({
  lng: 'zh',
  fallbackLng: 'en',
  resources: {},
  // Keys are flat and may hold dots and colons (error codes); React escapes.
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
})

/** Declares the words of one area in both languages. They load with the code that uses them. */
export function defineWords<const T extends Texts>(
  area: string,
  texts: { zh: T; en: English<{ [K in keyof T]: string }> },
): Words<{ [K in keyof T]: string }> {
  i18n.addResourceBundle('zh', area, texts.zh, true, true)
  i18n.addResourceBundle('en', area, texts.en, true, true)
  return { area, ...texts } as Words<{ [K in keyof T]: string }>
}

/** `const t = useWords(peopleWords)`; `t('title', { count: 3 })`. A misspelt key does not compile. */
export function useWords<T extends Texts>(words: Words<T>): Say<T> {
  const { i18n: current } = useTranslation(words.area)
  const { language } = current
  return useCallback(
    (key, values) => i18n.getFixedT(language, words.area)(key, countable(values ?? {})),
    [language, words.area],
  )
}

export const currentLanguage = (): Language => (i18n.language === 'en' ? 'en' : 'zh')

export function setLanguage(language: Language): void {
  void i18n.changeLanguage(language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}

/** Text of a key known only at run time (an error code), or undefined. */
export function findWord(
  words: Words,
  key: string,
  values: Record<string, unknown> = {},
): string | undefined {
  return i18n.exists(key, { ns: words.area })
    ? i18n.getFixedT(i18n.language, words.area)(key, countable(values))
    : undefined
}

// Counts come formatted (1,204), and a text has no singular: the one that needs it is made a number again.
const countable = (values: Record<string, unknown>): Record<string, unknown> =>
  values.count === '1' ? { ...values, count: 1 } : values
