/// A hash table of slot numbers for elements that are kept elsewhere: open addressing with linear probing, eight bytes
/// a slot.
///
/// A dictionary would hold each key a second time. This table asks its caller which of the elements with an equal hash
/// is meant.
public struct HashIndex: Sendable {
    private struct Bucket {
        /// The slot number plus one; zero if the bucket is empty.
        var slot: UInt32 = 0
        var hash: UInt32 = 0

        var isEmpty: Bool { slot == 0 }
    }

    /// A power of two of buckets, at most two thirds of them in use.
    private var buckets: [Bucket] = []

    /// The number of entries.
    public private(set) var count = 0

    /// Creates an empty index.
    public init() {}

    /// True if the table has at most 64 buckets.
    public var isSmall: Bool { buckets.count <= 64 }

    /// Returns the slot number with this hash for which `isMatch` returns true; `nil` if there is none.
    public func firstSlot(hash: Int, where isMatch: (UInt32) -> Bool) -> UInt32? {
        guard !buckets.isEmpty else { return nil }
        let hash = UInt32(truncatingIfNeeded: hash)
        var place = home(of: hash)
        while !buckets[place].isEmpty {
            let slot = buckets[place].slot - 1
            if buckets[place].hash == hash, isMatch(slot) { return slot }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Returns all slot numbers with this hash for which `isMatch` returns true, in no order.
    public func slots(hash: Int, where isMatch: (UInt32) -> Bool) -> [UInt32] {
        var slots: [UInt32] = []
        _ = firstSlot(hash: hash) { slot in
            if isMatch(slot) { slots.append(slot) }
            // None is the last one.
            return false
        }
        return slots
    }

    /// Inserts a slot number that isn't in the index.
    public mutating func insert(_ slot: UInt32, hash: Int) {
        if (count + 1) * 3 > buckets.count * 2 { grow() }
        put(Bucket(slot: slot + 1, hash: UInt32(truncatingIfNeeded: hash)))
        count += 1
    }

    /// Removes a slot number, and moves up the entries behind it that it had displaced.
    public mutating func remove(_ slot: UInt32, hash: Int) {
        guard !buckets.isEmpty else { return }
        var gap = home(of: UInt32(truncatingIfNeeded: hash))
        while buckets[gap].slot != slot + 1 {
            guard !buckets[gap].isEmpty else { return }
            gap = (gap + 1) & mask
        }
        count -= 1
        var place = gap
        while true {
            place = (place + 1) & mask
            guard !buckets[place].isEmpty else { break }
            // An entry may move to the gap unless its home is behind the gap.
            let home = home(of: buckets[place].hash)
            guard (place - home) & mask >= (place - gap) & mask else { continue }
            buckets[gap] = buckets[place]
            gap = place
        }
        buckets[gap] = Bucket()
    }

    private var mask: Int { buckets.count - 1 }

    private func home(of hash: UInt32) -> Int { Int(truncatingIfNeeded: hash) & mask }

    private mutating func put(_ entry: Bucket) {
        var place = home(of: entry.hash)
        while !buckets[place].isEmpty { place = (place + 1) & mask }
        buckets[place] = entry
    }

    private mutating func grow() {
        let old = buckets
        buckets = Array(repeating: Bucket(), count: max(old.count * 2, 16))
        for entry in old where !entry.isEmpty { put(entry) }
    }
}
