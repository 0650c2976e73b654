#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A counting semaphore on which threads wait, of the system's mutex and condition variable.
///
/// Dispatch has semaphores as well. But a module that imports it changes where the system's declarations come from for
/// all modules that import this one.
struct ThreadSemaphore: Sendable {
    private struct Storage {
        var mutex = pthread_mutex_t()
        var condition = pthread_cond_t()
        var count = 0
    }

    /// The address of the storage. Semaphores exist as long as the process, so it is never freed.
    private let address: UInt

    init() {
        let storage = UnsafeMutablePointer<Storage>.allocate(capacity: 1)
        storage.initialize(to: Storage())
        pthread_mutex_init(&storage.pointee.mutex, nil)
        pthread_cond_init(&storage.pointee.condition, nil)
        address = UInt(bitPattern: storage)
    }

    private func withStorage(_ body: (UnsafeMutablePointer<Storage>) -> Void) {
        guard let storage = UnsafeMutablePointer<Storage>(bitPattern: address) else { return }
        pthread_mutex_lock(&storage.pointee.mutex)
        body(storage)
        pthread_mutex_unlock(&storage.pointee.mutex)
    }

    /// Lets one thread go on that waits, or the next one that will.
    func signal() {
        withStorage { storage in
            storage.pointee.count += 1
            pthread_cond_signal(&storage.pointee.condition)
        }
    }

    /// Blocks the thread until there is a signal for it.
    func wait() {
        withStorage { storage in
            while storage.pointee.count == 0 {
                pthread_cond_wait(&storage.pointee.condition, &storage.pointee.mutex)
            }
            storage.pointee.count -= 1
        }
    }
}
