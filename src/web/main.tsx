import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '#ui/ui.css'
import { Appearance } from '#web/Appearance.tsx'
import '#web/permission-words.ts'
import { applyPreferences } from '#web/preferences.ts'
import { queryClient } from '#web/query-client.ts'
import { reloadForNewVersion } from '#web/reload-for-new-version.ts'
import { router } from '#web/router.tsx'

reloadForNewVersion()
applyPreferences()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Appearance>
        <RouterProvider router={router} />
      </Appearance>
    </QueryClientProvider>
  </StrictMode>,
)
