/**
 * The start of the console.
 *
 * @module
 */

import './design/tokens.css'
import './design/fonts.css'
import './design/base.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from './api/api.ts'
import { routerFor } from './routes.tsx'

/** What is refused is refused again; only what may heal by itself is asked for once more. */
const client = new QueryClient({
  defaultOptions: {
    // Without a network a call fails, and says so. To wait for one would do, minutes later, what somebody
    // gave up meanwhile.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5000,
      retry: (times, error) =>
        times < 2 && error instanceof ApiError && [0, 502, 503, 504].includes(error.problem.status),
    },
  },
})

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={routerFor(client)} />
    </QueryClientProvider>
  </StrictMode>,
)
