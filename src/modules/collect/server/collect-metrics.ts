import { Counter, Gauge, type Registry } from 'prom-client'

export type CollectMetrics = {
  accepted(items: number): void
  projected(outcome: string, items: number): void
  /** An item was rejected because projecting it failed every time. */
  failedItem(): void
  lag(seconds: number): void
  /** Runs a stage of the projection and adds up its time; where the time goes is the first question. */
  timed<T>(stage: string, work: () => Promise<T>): Promise<T>
  /** Items accepted per second over the last minute. */
  rate(): number
}

/** Prometheus counters; names follow `headwater_<area>_<what>_<unit>`. */
export function createCollectMetrics(registry: Registry, now: () => number): CollectMetrics {
  const accepted = new Counter({
    name: 'headwater_collect_items_total',
    help: 'Items answered 2xx',
    registers: [registry],
  })
  const projected = new Counter({
    name: 'headwater_projected_items_total',
    help: 'Items projected, by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const failed = new Counter({
    name: 'headwater_projection_failed_items_total',
    help: 'Items rejected because projecting them failed every time: look at the log, each is a defect',
    registers: [registry],
  })
  const lag = new Gauge({
    name: 'headwater_projection_lag_seconds',
    help: 'Age of the oldest item not projected',
    registers: [registry],
  })
  const stages = new Counter({
    name: 'headwater_projection_seconds_total',
    help: 'Time spent per stage of the projection',
    labelNames: ['stage'],
    registers: [registry],
  })
  const perSecond = new Map<number, number>()
  return {
    accepted: (items) => {
      accepted.inc(items)
      const second = Math.floor(now() / 1000)
      perSecond.set(second, (perSecond.get(second) ?? 0) + items)
      if (perSecond.size > 120)
        for (const key of perSecond.keys()) if (key < second - 60 || key > second) perSecond.delete(key)
    },
    projected: (outcome, items) => projected.inc({ outcome }, items),
    failedItem: () => failed.inc(),
    lag: (seconds) => lag.set(seconds),
    timed: async (stage, work) => {
      const started = performance.now()
      try {
        return await work()
      } finally {
        stages.inc({ stage }, (performance.now() - started) / 1000)
      }
    },
    rate: () => {
      const current = Math.floor(now() / 1000)
      let sum = 0
      for (const [second, items] of perSecond) if (second > current - 60 && second <= current) sum += items
      return sum / 60
    },
  }
}
