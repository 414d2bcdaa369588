import { storeContract } from './contract.ts'
import { memoryStore } from './memory.ts'

storeContract({
  async open() {
    const store = memoryStore()
    return { store, registry: store.registry, close: () => store.close() }
  },
})
