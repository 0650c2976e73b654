/// Random numbers that belong to one question, such as what the second answer about job 12 is.
///
/// Whoever draws for another question gets other numbers, whatever was drawn before: in which order the questions come, and from which
/// threads, makes no difference. The generator is SplitMix64.
struct Draw: RandomNumberGenerator {
    private var state: UInt64

    /// - Parameter question: What is drawn for, as numbers.
    init(seed: UInt64, _ question: Int...) {
        state = seed
        for part in question {
            state = next() ^ UInt64(truncatingIfNeeded: part)
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Whether something happens that happens so often in a hundred cases.
    mutating func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
