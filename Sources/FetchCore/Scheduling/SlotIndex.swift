/// Which slot a job is in, by what the job is: a hash table that keeps eight bytes for each place.
///
/// A dictionary would hold each id a second time, which is a sixth of all that a waiting job takes. This one asks the jobs
/// themselves whether they are meant, those that have the same hash. Open addressing, with linear probing.
struct SlotIndex {
    private struct Place {
        /// The number of a slot, one added; zero is an empty place.
        var slot: UInt32 = 0
        var hash: UInt32 = 0

        var isEmpty: Bool { slot == 0 }
    }

    /// As many as a power of two, at most two thirds of them taken.
    private var places: [Place] = []
    private var count = 0

    /// Whether it takes so little memory that it can stay when all jobs are gone, and needn't grow again for the next one.
    var isSmall: Bool { places.count <= 64 }

    /// The slot number with this hash for which the condition holds.
    func slot(hash: Int, where isMeant: (UInt32) -> Bool) -> UInt32? {
        guard !places.isEmpty else { return nil }
        let hash = UInt32(truncatingIfNeeded: hash)
        var place = home(of: hash)
        while !places[place].isEmpty {
            let slot = places[place].slot - 1
            if places[place].hash == hash, isMeant(slot) { return slot }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Adds a slot number, which isn't there yet.
    mutating func insert(_ slot: UInt32, hash: Int) {
        if (count + 1) * 3 > places.count * 2 { grow() }
        put(Place(slot: slot + 1, hash: UInt32(truncatingIfNeeded: hash)))
        count += 1
    }

    /// Takes out a slot number, and closes the gap that it leaves in its row.
    mutating func remove(_ slot: UInt32, hash: Int) {
        guard !places.isEmpty else { return }
        var gap = home(of: UInt32(truncatingIfNeeded: hash))
        while places[gap].slot != slot + 1 {
            guard !places[gap].isEmpty else { return }
            gap = (gap + 1) & mask
        }
        count -= 1
        var place = gap
        while true {
            place = (place + 1) & mask
            guard !places[place].isEmpty else { break }
            // It may move up to the gap unless its row begins behind that.
            let home = home(of: places[place].hash)
            guard (place - home) & mask >= (place - gap) & mask else { continue }
            places[gap] = places[place]
            gap = place
        }
        places[gap] = Place()
    }

    private var mask: Int { places.count - 1 }

    private func home(of hash: UInt32) -> Int { Int(truncatingIfNeeded: hash) & mask }

    private mutating func put(_ entry: Place) {
        var place = home(of: entry.hash)
        while !places[place].isEmpty { place = (place + 1) & mask }
        places[place] = entry
    }

    private mutating func grow() {
        let before = places
        places = Array(repeating: Place(), count: max(before.count * 2, 16))
        for entry in before where !entry.isEmpty { put(entry) }
    }
}
