import { expect, test, vi } from 'vitest'
import { defineWords, findWord, setLanguage } from '#ui/i18n.ts'

const words = defineWords('i18n-test', {
  zh: { events: '{{count}} 条事件' },
  en: { events: '{{count}} events', events_one: '{{count}} event' },
})

test('a formatted count has a singular, too', () => {
  vi.stubGlobal('document', { documentElement: {} })
  setLanguage('en')
  expect(findWord(words, 'events', { count: '1' })).toBe('1 event')
  expect(findWord(words, 'events', { count: 1 })).toBe('1 event')
  expect(findWord(words, 'events', { count: '1,204' })).toBe('1,204 events')
  setLanguage('zh')
  expect(findWord(words, 'events', { count: '1' })).toBe('1 条事件')
  vi.unstubAllGlobals()
})
