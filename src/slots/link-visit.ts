/** Somebody, or something, followed a link of a message. */
export type LinkVisit = {
  workspace: number
  message: string
  template: string
  /** Number of the link in its version, and where it led. */
  link: number
  url: string
  at: number
  address: string
  userAgent: string
  /** Why it was no person, as far as the request alone says so; null: it may have been one. */
  machine: 'head' | 'prefetch' | 'robot' | null
}

/**
 * Extension point: is told of every link of a message that is followed, before the reader is led on. What it throws is
 * logged; nobody waits at a link for our sake.
 * Example: clicks in the report of a campaign.
 */
export type LinkVisitor = { name: string; visited(visit: LinkVisit): Promise<void> }
