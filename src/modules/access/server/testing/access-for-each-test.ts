import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { startTestCluster, type TestAccess } from '#modules/access/server/testing/start-test-access.ts'
import type { ServedRoute } from '#platform/http/implement.ts'

type Cluster = Awaited<ReturnType<typeof startTestCluster>>

/**
 * Every test of the file gets a program of its own over a fresh database, handed to `use`. Answers how to open further
 * ones, which the test closes itself.
 */
export function accessForEachTest(
  use: (app: TestAccess) => void | Promise<void>,
  extra: readonly ServedRoute[] = [],
): Pick<Cluster, 'fresh'> {
  let cluster: Cluster
  let app: TestAccess
  beforeAll(async () => {
    cluster = await startTestCluster()
  })
  afterAll(() => cluster.stop())
  beforeEach(async () => {
    app = await cluster.fresh({}, extra)
    await use(app)
  })
  afterEach(() => app.close())
  return { fresh: (...given) => cluster.fresh(...given) }
}
