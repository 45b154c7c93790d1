/** What the page looks like once something is asked. */
export function SamplePicture() {
  return (
    <svg width="220" height="96" viewBox="0 0 220 96" fill="none" aria-hidden="true">
      <path d="M8 88h204M8 60h204M8 32h204" stroke="var(--line)" />
      <path
        d="M8 74c20-2 28-18 48-16s26 14 46 8 28-34 50-32 34 10 60-14"
        stroke="var(--river)"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      <path
        d="M8 82c24 0 34-8 54-8s30 6 52 0 36-14 54-12 26 2 44-6"
        stroke="var(--spring)"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  )
}
