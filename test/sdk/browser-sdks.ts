// What a shop's own bundle would hold: the official browser packages, unmodified.
import { RudderAnalytics } from '@rudderstack/analytics-js/bundled'
import { AnalyticsBrowser } from '@segment/analytics-next'

Object.assign(globalThis, { AnalyticsBrowser, RudderAnalytics })
