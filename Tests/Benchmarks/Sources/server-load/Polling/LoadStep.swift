/// The load of one measurement.
struct LoadStep: Sendable {
    /// The number of requests in flight.
    var inFlight: Int
    /// The time in seconds during which new requests are started.
    var seconds: Double

    init(inFlight: Int, seconds: Double) {
        self.inFlight = inFlight
        self.seconds = seconds
    }

    /// Parses a line of a client process's standard input: both numbers, separated by a space.
    init?(line: String) {
        let fields = line.split(separator: " ")
        guard fields.count == 2, let inFlight = Int(fields[0]), inFlight > 0, let seconds = Double(fields[1]),
            seconds > 0
        else { return nil }
        self.init(inFlight: inFlight, seconds: seconds)
    }

    var line: String { "\(inFlight) \(seconds)" }
}
