/** What the page looks like with something in it: a curve within a band, and one day that leaves it. */
export function AlertPicture() {
  return (
    <svg width="320" height="120" viewBox="0 0 320 120" aria-hidden="true">
      <path
        d="M8 58 60 50 112 56 164 46 216 52 312 44V84L216 90 164 82 112 92 60 84 8 94Z"
        fill="var(--spring)"
        opacity="0.16"
      />
      <path
        d="M8 74 40 66 72 72 104 64 136 70 168 60 200 68 232 108 264 66 312 60"
        fill="none"
        stroke="var(--river)"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <circle cx="232" cy="108" r="6" fill="var(--danger)" />
    </svg>
  )
}
