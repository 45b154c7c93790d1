import { beforeAll, expect, test } from 'vitest'
import { isPage } from '#app/serve-web.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const ofPrograms = [
  '/api',
  '/api?x=1',
  '/api/nowhere',
  '//api/nowhere',
  '/v1/nowhere',
  '/docs/x',
  '/assets/none.js',
]

test('addresses of programs are never pages', () => {
  expect(ofPrograms.filter(isPage)).toEqual([])
  const pages = ['/', '/people', '/people/per_1?tab=api', '/apiary', '/segments/new']
  expect(pages.filter(isPage)).toEqual(pages)
})

test('an unknown address of the API is a problem with a code', async () => {
  for (const url of ofPrograms) {
    const reply = await app.server.inject(url)
    expect([url, reply.statusCode, reply.headers['content-type']]).toEqual([
      url,
      404,
      'application/problem+json; charset=utf-8',
    ])
    expect(reply.json<{ code: string }>().code, url).toBe('route.missing')
  }
})
