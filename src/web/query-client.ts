import { QueryClient } from '@tanstack/react-query'
import { Problem } from '#ui/problem.ts'

/** Asking again helps only where the server may have changed its mind. */
const isWorthRetrying = (error: unknown) =>
  !(error instanceof Problem) || error.status === 0 || error.status >= 500

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      retry: (count, error) => count < 2 && isWorthRetrying(error),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
})
