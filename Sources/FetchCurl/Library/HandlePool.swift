import Synchronization

/// The handles of a session: those that carry a transfer, and those that are kept for the next ones.
struct HandlePool {
    /// The number of handles that are kept for further requests.
    private static let maximumIdle = 256

    /// The handles by their indices, some of which are free.
    private var handles: [CurlHandle?] = []
    private var freeIndices: [Int] = []
    private var idle: [CurlHandle] = []

    /// The number of handles that carry a transfer.
    var activeCount: Int { handles.count - freeIndices.count - idle.count }

    /// The handles that carry a transfer.
    var active: [CurlHandle] { handles.compactMap { $0?.transfer == nil ? nil : $0 } }

    /// Returns a handle without a transfer.
    ///
    /// - Parameter make: Creates one for an index; `nil` if libcurl has no memory for it.
    mutating func take(orMake make: (_ index: Int) -> CurlHandle?) -> CurlHandle? {
        if let handle = idle.popLast() { return handle }
        guard let handle = make(freeIndices.last ?? handles.count) else { return nil }
        if freeIndices.popLast() == nil { handles.append(handle) } else { handles[handle.index] = handle }
        return handle
    }

    /// Takes a handle back whose transfer is over.
    mutating func giveBack(_ handle: CurlHandle) {
        handle.finish()
        guard idle.count >= Self.maximumIdle else { return idle.append(handle) }
        handles[handle.index] = nil
        freeIndices.append(handle.index)
    }

    /// Returns the handle that carries a transfer; `nil` if none does.
    func handle(of transfer: CurlTransfer) -> CurlHandle? {
        let index = transfer.handleIndex.load(ordering: .relaxed)
        guard index >= 0, let handle = handles[index], handle.transfer === transfer else { return nil }
        return handle
    }
}
