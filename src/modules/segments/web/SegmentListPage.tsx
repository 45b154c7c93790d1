import { PageHeader } from '#ui/PageHeader.tsx'

export function SegmentListPage() {
  return (
    <div className="hw-page">
      <PageHeader title="" />
    </div>
  )
}
