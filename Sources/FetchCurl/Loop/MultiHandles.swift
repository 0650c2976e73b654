/// The multi handles of a session. New transfers are added to the latest one of their group.
///
/// libcurl has no option to retire an HTTP/2 connection by age while it carries a request. A new multi handle opens new
/// connections, and an older one is freed after its last transfer.
struct MultiHandles {
    /// The handles, the latest one last.
    private(set) var all: [CurlMulti] = []
    /// The age in nanoseconds at which a multi handle accepts no more transfers.
    private let lifetime: Int64

    /// Creates an empty list.
    ///
    /// - Parameter lifetime: The age in nanoseconds at which a multi handle accepts no more transfers.
    init(lifetime: Int64) { self.lifetime = lifetime }

    /// The earliest time at which a timer of libcurl fires; `nil` if none is set.
    var timer: Int64? {
        var earliest: Int64?
        for multi in all {
            if let timer = multi.timer { earliest = min(timer, earliest ?? timer) }
        }
        return earliest
    }

    /// Returns the latest handle of a group; `nil` if there is none.
    func latest(for group: ConnectionGroup) -> CurlMulti? { all.last { $0.group == group } }

    /// Returns the handle that accepts new transfers of a group; `nil` if the latest one is too old or there is none.
    func current(for group: ConnectionGroup, now: Int64) -> CurlMulti? {
        guard let latest = latest(for: group), now - latest.created < lifetime else { return nil }
        return latest
    }

    /// Adds a handle as the latest one.
    mutating func append(_ multi: CurlMulti) { all.append(multi) }

    /// Removes and returns the handles that accept no more transfers and have none left.
    mutating func takeUnused() -> [CurlMulti] {
        guard all.count > 1 else { return [] }
        let unused = all.filter { $0.transferCount == 0 && latest(for: $0.group) !== $0 }
        if !unused.isEmpty { all.removeAll { multi in unused.contains { $0 === multi } } }
        return unused
    }

    /// Removes and returns all handles.
    mutating func takeAll() -> [CurlMulti] {
        defer { all = [] }
        return all
    }
}
