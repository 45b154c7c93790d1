/** Code to copy for every way of sending events. Checked against the SDKs' own options. */
export type SnippetTarget = { origin: string; writeKey: string }
export type Snippet = {
  id: string
  title: string
  install?: string | ((target: SnippetTarget) => string)
  code: (target: SnippetTarget) => string
}

export const snippets: Snippet[] = [
  {
    id: 'headwater-web',
    title: 'Headwater · Web',
    code: ({ origin, writeKey }) => `<script async src="${origin}/tracker.js"
  data-write-key="${writeKey}"
  data-autocapture="clicks,forms"></script>

<script>
  window.headwater = window.headwater || []
  headwater.push(['track', 'Course Viewed', { course: 'IELTS', price: 1999 }])
  // after login: headwater.push(['identify', user.id, { name: user.name, email: user.email }])
</script>`,
  },
  {
    id: 'headwater-wechat',
    title: 'Headwater · WeChat',
    install: ({ origin }) => `curl -O ${origin}/tracker-mini-program.js`,
    code: ({ origin, writeKey }) => `// app.js
import { headwater } from './tracker-mini-program'

headwater.init({
  writeKey: '${writeKey}',
  host: '${origin}',
})
// after login: headwater.identify(user.id, { name: user.name })

// pages/course/course.js
import { headwater } from '../../tracker-mini-program'

Page(headwater.wrapPage({
  buy() {
    headwater.track('Course Viewed', { course: 'IELTS', price: 1999 })
  },
}))`,
  },
  {
    id: 'segment-browser',
    title: 'Segment · Web',
    install: 'npm install @segment/analytics-next',
    code: ({ origin, writeKey }) => `import { AnalyticsBrowser } from '@segment/analytics-next'

const analytics = AnalyticsBrowser.load({
  writeKey: '${writeKey}',
  cdnURL: '${origin}',
})

analytics.page()
analytics.identify('u_1001', { name: '李雯', email: 'liwen@example.com' })
analytics.track('Course Viewed', { course: 'IELTS', price: 1999 })`,
  },
  {
    id: 'segment-node',
    title: 'Segment · Node',
    install: 'npm install @segment/analytics-node',
    code: ({ origin, writeKey }) => `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({
  writeKey: '${writeKey}',
  host: '${origin}',
})

analytics.track({
  userId: 'u_1001',
  event: 'Order Completed',
  properties: { order_id: 'o_1', revenue: 1999, currency: 'CNY' },
})
await analytics.closeAndFlush()`,
  },
  {
    id: 'rudder-browser',
    title: 'RudderStack · Web',
    install: 'npm install @rudderstack/analytics-js',
    code: ({ origin, writeKey }) => `import { RudderAnalytics } from '@rudderstack/analytics-js/bundled'

const analytics = new RudderAnalytics()
analytics.load('${writeKey}', '${origin}', { configUrl: '${origin}' })

analytics.page()
analytics.identify('u_1001', { name: '李雯', email: 'liwen@example.com' })
analytics.track('Course Viewed', { course: 'IELTS', price: 1999 })`,
  },
  {
    id: 'rudder-node',
    title: 'RudderStack · Node',
    install: 'npm install @rudderstack/rudder-sdk-node',
    code: ({ origin, writeKey }) => `import RudderAnalytics from '@rudderstack/rudder-sdk-node'

const analytics = new RudderAnalytics('${writeKey}', {
  dataPlaneUrl: '${origin}',
})

analytics.track({
  userId: 'u_1001',
  event: 'Order Completed',
  properties: { order_id: 'o_1', revenue: 1999, currency: 'CNY' },
})
await analytics.flush()`,
  },
  {
    id: 'curl',
    title: 'curl',
    code: ({ origin, writeKey }) => `curl ${origin}/v1/track \\
  --user '${writeKey}:' \\
  --header 'Content-Type: application/json' \\
  --data '{
    "userId": "u_1001",
    "event": "Course Viewed",
    "properties": { "course": "IELTS", "price": 1999 }
  }'`,
  },
]

/** The way a source of this kind most likely sends. */
export const snippetForKind = (kind: 'web' | 'server' | 'app' | 'other'): string =>
  ({ web: 'headwater-web', server: 'segment-node', app: 'headwater-wechat', other: 'curl' })[kind]
