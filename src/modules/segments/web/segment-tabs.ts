/** Sides of a segment's page besides its rule; part of the address. */
export const segmentTabs = ['versions', 'snapshots', 'uses'] as const
export type SegmentTab = (typeof segmentTabs)[number]
