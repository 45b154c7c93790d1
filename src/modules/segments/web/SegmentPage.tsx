import { PageHeader } from '#ui/PageHeader.tsx'

export function SegmentPage() {
  return (
    <div className="hw-page">
      <PageHeader title="" />
    </div>
  )
}
