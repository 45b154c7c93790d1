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

analytics.page() // arrives at once
// on a button: analytics.track('Course Viewed', { course: 'IELTS', price: 1999 })
// after login: analytics.identify(user.id, { name: user.name, email: user.email })`,
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

// Once, to see that it arrives:
analytics.track({ anonymousId: 'installation', event: 'Server Connected' })

// Where an order is paid:
export function orderPaid(user, order) {
  analytics.track({
    userId: user.id,
    event: 'Order Completed',
    properties: { order_id: order.id, revenue: order.total, currency: 'CNY' },
  })
}

// When the program ends:
await analytics.closeAndFlush()`,
  },
  {
    id: 'rudder-browser',
    title: 'RudderStack · Web',
    install: 'npm install @rudderstack/analytics-js',
    code: ({ origin, writeKey }) => `import { RudderAnalytics } from '@rudderstack/analytics-js/bundled'

const analytics = new RudderAnalytics()
analytics.load('${writeKey}', '${origin}', { configUrl: '${origin}' })

analytics.page() // arrives at once
// on a button: analytics.track('Course Viewed', { course: 'IELTS', price: 1999 })
// after login: analytics.identify(user.id, { name: user.name, email: user.email })`,
  },
  {
    id: 'rudder-node',
    title: 'RudderStack · Node',
    install: 'npm install @rudderstack/rudder-sdk-node',
    code: ({ origin, writeKey }) => `import RudderAnalytics from '@rudderstack/rudder-sdk-node'

const analytics = new RudderAnalytics('${writeKey}', {
  dataPlaneUrl: '${origin}',
})

// Once, to see that it arrives:
analytics.track({ anonymousId: 'installation', event: 'Server Connected' })

// Where an order is paid:
export function orderPaid(user, order) {
  analytics.track({
    userId: user.id,
    event: 'Order Completed',
    properties: { order_id: order.id, revenue: order.total, currency: 'CNY' },
  })
}

// When the program ends:
await analytics.flush()`,
  },
  {
    id: 'curl',
    title: 'curl',
    code: ({ origin, writeKey }) => `curl ${origin}/v1/track \\
  --user '${writeKey}:' \\
  --header 'Content-Type: application/json' \\
  --data '{
    "anonymousId": "installation",
    "event": "Server Connected"
  }'`,
  },
]

/** The way a source of this kind most likely sends. */
export const snippetForKind = (kind: 'web' | 'server' | 'app' | 'other'): string =>
  ({ web: 'headwater-web', server: 'segment-node', app: 'headwater-wechat', other: 'curl' })[kind]
