/// Which slot a job is in, by what the job is: a hash table that keeps four bytes for each place.
///
/// A dictionary would hold each id a second time, which is a sixth of all that a waiting job takes. This one asks the jobs
/// themselves whether they are meant, and what their hash is. Open addressing, with linear probing.
struct SlotIndex {
    /// Slot numbers, one added; zero is an empty place. As many as a power of two, at most two thirds of them taken.
    private var places: [UInt32] = []
    private var count = 0

    /// The slot number with this hash for which the condition holds.
    func slot(hash: Int, where isMeant: (UInt32) -> Bool) -> UInt32? {
        guard !places.isEmpty else { return nil }
        var place = hash & mask
        while places[place] != 0 {
            if isMeant(places[place] - 1) { return places[place] - 1 }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Adds a slot number, which isn't there yet.
    ///
    /// - Parameter hashOf: The hash of each of those that are there already.
    mutating func insert(_ slot: UInt32, hash: Int, hashOf: (UInt32) -> Int) {
        if (count + 1) * 3 > places.count * 2 { grow(hashOf) }
        put(slot, hash: hash)
        count += 1
    }

    /// Takes out a slot number, and closes the gap that it leaves in its row.
    mutating func remove(_ slot: UInt32, hash: Int, hashOf: (UInt32) -> Int) {
        guard !places.isEmpty else { return }
        var gap = hash & mask
        while places[gap] != slot + 1 {
            guard places[gap] != 0 else { return }
            gap = (gap + 1) & mask
        }
        count -= 1
        var place = gap
        while true {
            place = (place + 1) & mask
            guard places[place] != 0 else { break }
            // It may move up to the gap unless its row begins behind that.
            let home = hashOf(places[place] - 1) & mask
            guard (place - home) & mask >= (place - gap) & mask else { continue }
            places[gap] = places[place]
            gap = place
        }
        places[gap] = 0
    }

    private var mask: Int { places.count - 1 }

    private mutating func put(_ slot: UInt32, hash: Int) {
        var place = hash & mask
        while places[place] != 0 { place = (place + 1) & mask }
        places[place] = slot + 1
    }

    private mutating func grow(_ hashOf: (UInt32) -> Int) {
        let before = places
        places = Array(repeating: 0, count: max(before.count * 2, 16))
        for place in before where place != 0 { put(place - 1, hash: hashOf(place - 1)) }
    }
}
