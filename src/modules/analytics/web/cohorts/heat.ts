/** Background of a share from 0 to 1: never so strong that the ink on it could not be read, in light and in dark. */
export const heat = (share: number) => ({
  background: `color-mix(in srgb, var(--river) ${Math.round(Math.min(1, Math.max(0, share)) * 40)}%, var(--surface))`,
})
