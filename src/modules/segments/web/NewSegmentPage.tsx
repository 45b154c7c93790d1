import { PageHeader } from '#ui/PageHeader.tsx'

export function NewSegmentPage() {
  return (
    <div className="hw-page">
      <PageHeader title="" />
    </div>
  )
}
