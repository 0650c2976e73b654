/// Numbers of jobs for listing in their order, of a table whose members change one at a time.
///
/// A number that is inserted last is usually the greatest, so insertion takes constant time, and a page takes
/// logarithmic time and its own length. The index has no removal: the caller says which numbers are members. Those that
/// aren't any more are dropped before they are more than the members.
struct JobIndex: Sendable {
    private var ids: [StoredJobID] = []
    private var isSorted = true

    /// The number of members.
    private(set) var count = 0

    /// Inserts a number that isn't a member.
    mutating func insert(_ id: StoredJobID) {
        if let last = ids.last, last >= id { isSorted = false }
        ids.append(id)
        count += 1
    }

    /// Notes that a number isn't a member any more.
    mutating func noteRemoved(where isMember: (StoredJobID) -> Bool) {
        count -= 1
        if ids.count > 2 * count + 64 { rebuild(isMember) }
    }

    /// Returns members in the order of their numbers.
    ///
    /// - Parameters:
    ///   - after: The last number of the page before. `nil` for the first page.
    ///   - limit: The greatest number of members.
    ///   - isMember: Returns true for a member.
    /// - Returns: The members.
    mutating func page(
        after: StoredJobID?,
        limit: Int,
        where isMember: (StoredJobID) -> Bool
    ) -> [StoredJobID] {
        if !isSorted { rebuild(isMember) }
        var page: [StoredJobID] = []
        var index = after.map { firstIndex(after: $0) } ?? 0
        while index < ids.count, page.count < limit {
            if isMember(ids[index]) { page.append(ids[index]) }
            index += 1
        }
        return page
    }

    private mutating func rebuild(_ isMember: (StoredJobID) -> Bool) {
        ids = ids.filter(isMember)
        if !isSorted { ids.sort() }
        // A number that was a member twice is in it twice.
        var count = 0
        for id in ids where count == 0 || ids[count - 1] != id {
            ids[count] = id
            count += 1
        }
        ids.removeSubrange(count...)
        isSorted = true
    }

    /// Returns the index of the first number that is greater.
    private func firstIndex(after id: StoredJobID) -> Int {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] <= id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
