import type { PersonValues } from '#modules/content/server/render/render-many.ts'

/** Somebody to look at a text with before a person is chosen. */
export function samplePerson(language: string): PersonValues {
  const isChinese = language.toLowerCase().startsWith('zh')
  return {
    id: 'per_example',
    name: isChinese ? '李雯' : 'Alex Example',
    first_name: isChinese ? '雯' : 'Alex',
    last_name: isChinese ? '李' : 'Example',
    firstName: isChinese ? '雯' : 'Alex',
    lastName: isChinese ? '李' : 'Example',
    email: 'alex@example.com',
    phone: '+8613800000000',
    city: isChinese ? '杭州' : 'Hangzhou',
    language,
    tags: [],
  }
}
