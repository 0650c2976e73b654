/// The load of one measurement.
struct LoadStep: Sendable {
    /// The number of requests that are under way at once.
    var inFlight: Int
    /// How long new requests begin, in seconds.
    var seconds: Double

    init(inFlight: Int, seconds: Double) {
        self.inFlight = inFlight
        self.seconds = seconds
    }

    /// Reads the line that a client's process receives: both numbers, separated by a space.
    init?(line: String) {
        let words = line.split(separator: " ")
        guard words.count == 2, let inFlight = Int(words[0]), inFlight > 0, let seconds = Double(words[1]), seconds > 0
        else { return nil }
        self.init(inFlight: inFlight, seconds: seconds)
    }

    var line: String { "\(inFlight) \(seconds)" }
}
