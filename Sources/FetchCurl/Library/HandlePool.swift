import Synchronization

/// The active handles of a session and a pool of idle ones.
struct HandlePool {
    /// The maximum number of idle handles.
    private static let maximumIdle = 256

    /// The handles by index; `nil` at free indices.
    private var handles: [CurlHandle?] = []
    private var freeIndices: [Int] = []
    private var idle: [CurlHandle] = []

    /// The number of handles that carry a transfer.
    var activeCount: Int { handles.count - freeIndices.count - idle.count }

    /// The handles that carry a transfer.
    var active: [CurlHandle] { handles.compactMap { $0?.transfer == nil ? nil : $0 } }

    /// Returns an idle or new handle.
    ///
    /// - Parameter make: Creates a handle for an index; returns `nil` if libcurl can't allocate one.
    /// - Returns: The handle; `nil` if there is no idle handle and `make` failed.
    mutating func acquire(orMake make: (_ index: Int) -> CurlHandle?) -> CurlHandle? {
        if let handle = idle.popLast() { return handle }
        guard let handle = make(freeIndices.last ?? handles.count) else { return nil }
        if freeIndices.popLast() == nil { handles.append(handle) } else { handles[handle.index] = handle }
        return handle
    }

    /// Returns a handle to the pool after its transfer, or frees it if the pool is full.
    mutating func release(_ handle: CurlHandle) {
        handle.finish()
        guard idle.count >= Self.maximumIdle else { return idle.append(handle) }
        handles[handle.index] = nil
        freeIndices.append(handle.index)
    }

    /// Returns the handle of an active transfer; `nil` if the transfer has none.
    func handle(of transfer: CurlTransfer) -> CurlHandle? {
        let index = transfer.handleIndex.load(ordering: .relaxed)
        guard index >= 0, let handle = handles[index], handle.transfer === transfer else { return nil }
        return handle
    }
}
