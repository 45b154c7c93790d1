import { Navigate } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { viewRoute } from './pages.tsx'
import { addressOfView } from './view-address.ts'

/** A link to a view that need not know its list: goes on to the list as the view shows it. */
export function ViewPage() {
  const params = viewRoute.useParams()
  const view = useRoute(routes.get, { params })
  if (view.data) return <Navigate {...addressOfView(view.data)} replace />
  return (
    <div className="hw-page">
      {view.error ? (
        <ErrorState error={view.error} retry={() => void view.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </div>
  )
}
