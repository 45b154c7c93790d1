/**
 * Who may use whom: every edge is declared here and points to a lower tier; `platform`, `slots`, `access` and
 * `rules` need no declaration. test/architecture.test.ts holds the imports against it.
 */
export const modules = {
  access: { tier: 0, uses: [] },
  rules: { tier: 0, uses: [] },
  profiles: { tier: 1, uses: [] },
  connectors: { tier: 1, uses: [] },
  collect: { tier: 2, uses: ['profiles'] },
  tags: { tier: 2, uses: ['profiles'] },
  // Who may be written to: what people said, and addresses nothing is sent to.
  consents: { tier: 2, uses: ['profiles'] },
  orders: { tier: 2, uses: [] },
  plans: { tier: 2, uses: ['profiles'] },
  // Reads counts of collect and plans through views; tells through a slot.
  health: { tier: 3, uses: [] },
  companies: { tier: 3, uses: ['orders', 'profiles'] },
  imports: { tier: 4, uses: ['collect', 'companies', 'connectors', 'profiles', 'tags'] },
  segments: { tier: 4, uses: ['companies', 'profiles', 'tags'] },
  // Questions over events and orders; people and rules are asked of the modules that know them.
  analytics: { tier: 5, uses: ['collect', 'orders', 'profiles', 'segments'] },
  // One number of a question, looked at again and again; tells through slots.
  alerts: { tier: 6, uses: ['analytics'] },
  // Saved analyses side by side; shared by link with the rights of whoever shares.
  dashboards: { tier: 6, uses: ['analytics', 'profiles'] },
  exports: { tier: 5, uses: ['profiles'] },
  // Free questions over views of all of these.
  sql: { tier: 6, uses: ['analytics', 'orders', 'profiles'] },
  // The page of one person, out of what all modules know of them.
  portrait: { tier: 5, uses: ['profiles', 'segments', 'orders'] },
  // Named views of lists; of what a view holds it knows nothing.
  views: { tier: 1, uses: [] },
  privacy: { tier: 5, uses: ['collect', 'profiles'] },
  // Told through a slot by whoever has something to say; uses nobody.
  notices: { tier: 1, uses: [] },
  // Told of people and segments through slots; uses nobody.
  webhooks: { tier: 5, uses: [] },
  // The demo story: messages only, sent through the tracking API like anybody's.
  demo: { tier: 4, uses: [] },
  // What messages say; who sends them, and to whom, it does not know.
  content: { tier: 2, uses: ['profiles'] },
} as const satisfies Record<string, { tier: number; uses: readonly string[] }>
